package io.tas.dbhub.dev.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses loopback ports, never the same one twice. Thread-safe.
 *
 * <p>An engine may listen on its port only a minute after the port was chosen. The kernel gives
 * outgoing connections any port of its own range meanwhile, so none of those is chosen.
 */
public final class Ports {
  private static final Path KERNEL_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 65_535;
  private static final int TRIES = 1_000;

  private final Set<Integer> given = new HashSet<>();
  private final int first;
  private final int last;

  /** Stays out of this machine's range for outgoing connections. */
  public Ports() {
    this(outgoing());
  }

  /**
   * Stays out of a range.
   *
   * @param outgoing the lowest and the highest port that outgoing connections get
   */
  Ports(Outgoing outgoing) {
    int below = outgoing.lowest() - LOWEST;
    int above = HIGHEST - outgoing.highest();
    if (Math.max(below, above) < TRIES) {
      // Too few are left: better one that may be taken than none.
      this.first = LOWEST;
      this.last = HIGHEST;
    } else if (below >= above) {
      this.first = LOWEST;
      this.last = outgoing.lowest() - 1;
    } else {
      this.first = outgoing.highest() + 1;
      this.last = HIGHEST;
    }
  }

  record Outgoing(int lowest, int highest) {}

  private static Outgoing outgoing() {
    // By a reader with a buffer: the kernel gives this file to the first read only, and
    // Files.readString begins with a single byte, since the file's size is said to be nothing.
    try (BufferedReader file = Files.newBufferedReader(KERNEL_RANGE)) {
      String[] range = String.valueOf(file.readLine()).strip().split("\\s+", 2);
      return new Outgoing(Integer.parseInt(range[0]), Integer.parseInt(range[1]));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      // Not Linux: RFC 6335, section 6.
      return new Outgoing(49_152, HIGHEST);
    }
  }

  /** A port that nobody listened on a moment ago. */
  public synchronized int free() {
    for (int tried = 0; tried < TRIES; tried++) {
      int port = ThreadLocalRandom.current().nextInt(first, last + 1);
      if (take(port)) {
        return port;
      }
    }
    throw new EngineException("No loopback port from " + first + " to " + last + " is free");
  }

  /** Unless it is given already, or taken. */
  private boolean take(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return given.add(socket.getLocalPort());
    } catch (IOException taken) {
      return false;
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
    return take(port) ? port : free();
  }
}
