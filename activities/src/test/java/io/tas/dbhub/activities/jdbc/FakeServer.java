package io.tas.dbhub.activities.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that treats each connection as it is told to. */
public final class FakeServer implements AutoCloseable {
  /** What is done with a connection; it is closed afterwards. */
  public interface Manner {
    void treat(Socket client, CountDownLatch over) throws Exception;
  }

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger accepted = new AtomicInteger();

  public FakeServer(Manner manner) {
    try {
      listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> accept(manner));
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Connections so far. */
  int accepted() {
    return accepted.get();
  }

  private void accept(Manner manner) {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        accepted.incrementAndGet();
        clients.add(client);
        threads.execute(() -> treat(manner, client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void treat(Manner manner, Socket client) {
    try (client) {
      manner.treat(client, over);
    } catch (Exception e) {
      // The client left.
    }
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    listening.close();
    for (Socket client : clients) {
      client.close();
    }
    threads.shutdownNow();
  }
}
