package io.tas.dbhub.systemtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server on loopback that breaks when a certain request comes, with every connection,
 * and then lets nobody through until it is mended.
 */
final class FragileWay implements AutoCloseable {
  private static final String NEVER = "";

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile String fatal = NEVER;
  private volatile boolean broken;

  FragileWay(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fragile-way");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /**
   * @param request what stands in the bytes of the request that breaks it
   */
  void breakAt(String request) {
    fatal = request;
  }

  boolean broken() {
    return broken;
  }

  void mend() {
    fatal = NEVER;
    broken = false;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (broken) {
          client.close();
        } else {
          start(() -> connect(client));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(client);
      open.add(server);
      start(() -> answers(server, client));
      byte[] chunk = new byte[1 << 16];
      InputStream from = client.getInputStream();
      for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
        if (!fatal.isEmpty() && new String(chunk, 0, length, ISO_8859_1).contains(fatal)) {
          broken = true;
          cut();
          return;
        }
        server.getOutputStream().write(chunk, 0, length);
      }
    } catch (IOException ended) {
      // The other side learns of it.
    } finally {
      open.remove(client);
    }
  }

  private void answers(Socket server, Socket client) {
    try (server;
        client) {
      server.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException ended) {
      // The other side learns of it.
    } finally {
      open.remove(server);
    }
  }

  private void cut() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
