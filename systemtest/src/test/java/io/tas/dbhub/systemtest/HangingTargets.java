package io.tas.dbhub.systemtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A database server that accepts connections, says the first word when told to, and hangs. */
final class HangingTargets implements AutoCloseable {
  private final ServerSocket server;
  private final byte[] greeting;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();

  /**
   * @param greeting sent to whoever has sent something; empty for nothing
   */
  HangingTargets(byte[] greeting) {
    this.greeting = greeting.clone();
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread accepting = new Thread(this::accept, "hanging-target");
    accepting.setDaemon(true);
    accepting.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** Clients that connected and have not given up. */
  long hanging() {
    return open.size();
  }

  /** Clients that ever connected. */
  long accepted() {
    return accepted.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        accepted.incrementAndGet();
        Thread reading = new Thread(() -> read(client), "hanging-client");
        reading.setDaemon(true);
        reading.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void read(Socket client) {
    try (client) {
      boolean greeted = greeting.length == 0;
      while (client.getInputStream().read() >= 0) {
        if (!greeted) {
          client.getOutputStream().write(greeting);
          greeted = true;
        }
      }
    } catch (IOException gone) {
      // The client has given up the hard way.
    } finally {
      open.remove(client);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
