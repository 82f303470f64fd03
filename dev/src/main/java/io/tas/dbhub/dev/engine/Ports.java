package io.tas.dbhub.dev.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Chooses loopback ports, never the same one twice. Thread-safe. */
public final class Ports {
  private final Set<Integer> given = new HashSet<>();

  /** A port that nobody listened on a moment ago. */
  public synchronized int free() {
    try {
      while (true) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          if (given.add(socket.getLocalPort())) {
            return socket.getLocalPort();
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("No loopback port is free", e);
    }
  }

  /**
   * A port that somebody chose.
   *
   * @param purpose who is going to listen on it, for the message
   * @return the port
   * @throws EngineException naming port and purpose, when another program listens on it
   */
  public synchronized int chosen(String purpose, int port) {
    if (port < 1 || port > 65535) {
      throw new EngineException("Port " + port + " for " + purpose + " is not between 1 and 65535");
    }
    if (!given.add(port)) {
      throw new EngineException(
          "Port " + port + " was chosen for " + purpose + " and for something else too");
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EngineException(
          "Port %d for %s is taken (%s); stop the program that listens on it or choose another port"
              .formatted(port, purpose, e.getMessage()),
          e);
    }
  }

  /** The preferred port if it is free, else another. */
  public synchronized int preferred(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      if (given.add(socket.getLocalPort())) {
        return port;
      }
    } catch (IOException taken) {
      // Any other will do.
    }
    return free();
  }
}
