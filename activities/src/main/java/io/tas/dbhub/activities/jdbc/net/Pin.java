package io.tas.dbhub.activities.jdbc.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The one address that a probe's driver may talk to. Every socket the driver gets leads there, and
 * closing the pin closes them all, which ends any read the driver hangs in. Thread-safe.
 *
 * <p>The first connection is made by {@link #connect}, so that the probe can tell an unreachable
 * address from a failing login, and is then handed to the driver: a connection opened only to be
 * dropped counts against the caller on MySQL, which blocks hosts that do it often.
 */
public final class Pin implements AutoCloseable {
  /** The login, and a second connection by which some drivers cancel a statement. */
  private static final int MOST_CONNECTIONS = 3;

  /** Some thousand bytes are usual. Drivers keep what they read, so this is what bounds them. */
  private static final long PROBE_BYTES = 1 << 20;

  private final String token = UUID.randomUUID().toString();
  private final String host;
  private final int port;
  private final List<InetAddress> addresses;
  private final TargetTrust trust;
  private final Set<Socket> sockets = new HashSet<>();
  private @Nullable InetSocketAddress address;
  private @Nullable Socket unused;
  private int connections;
  private long bytesLeft = PROBE_BYTES;
  private boolean closed;

  /**
   * @param host the target's host as it is written, for the name in its certificate
   * @param addresses allowed ones, tried in turn
   */
  public Pin(String host, int port, List<InetAddress> addresses, TargetTrust trust) {
    this.host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    this.port = port;
    this.addresses = List.copyOf(addresses);
    this.trust = trust;
    Pins.put(this);
  }

  /** By which a driver's socket factory finds this pin. */
  public String token() {
    return token;
  }

  /** The target's host as it is written. */
  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  public TargetTrust trust() {
    return trust;
  }

  /**
   * Connects to the first address that answers.
   *
   * @throws SocketTimeoutException when none answered in time
   * @throws IOException when none took the connection
   */
  public void connect(int timeoutMillis) throws IOException {
    long end = System.nanoTime() + timeoutMillis * 1_000_000L;
    IOException failure = new SocketException("no address");
    for (InetAddress candidate : addresses) {
      int left = (int) Math.max(1, (end - System.nanoTime()) / 1_000_000);
      InetSocketAddress to = new InetSocketAddress(candidate, port);
      try {
        Socket socket = open(to, left);
        synchronized (this) {
          address = to;
          unused = socket;
        }
        return;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  /** The address connected to, as a literal. */
  public String address() {
    return connected().getAddress().getHostAddress();
  }

  /** A connected socket: the one that {@link #connect} made, later ones to the same address. */
  public Socket socket() throws IOException {
    synchronized (this) {
      if (unused != null) {
        Socket first = unused;
        unused = null;
        return first;
      }
    }
    return open(connected(), 2_000);
  }

  /** Encrypts a connected socket; the handshake is still to be started. */
  public SSLSocket encrypt(Socket socket, boolean autoClose) throws IOException {
    try {
      // A context for each probe: with a shared one a resumed session would skip the certificate.
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, autoClose);
    } catch (GeneralSecurityException e) {
      throw new IOException("the JVM offers no TLS", e);
    }
  }

  /** From now on all sockets together may receive that many bytes; a probe's worth before. */
  public synchronized void allow(long bytes) {
    bytesLeft = bytes;
  }

  /**
   * @throws FloodException when all sockets together have received more than they may
   */
  synchronized void received(long more) throws FloodException {
    bytesLeft -= more;
    if (bytesLeft < 0) {
      throw new FloodException();
    }
  }

  /** Closes every socket there was; later ones are refused. */
  @Override
  public synchronized void close() {
    closed = true;
    Pins.remove(this);
    for (Socket socket : sockets) {
      quietlyClose(socket);
    }
    sockets.clear();
  }

  private synchronized InetSocketAddress connected() {
    if (address == null) {
      throw new IllegalStateException("connect comes first");
    }
    return address;
  }

  private Socket open(InetSocketAddress to, int timeoutMillis) throws IOException {
    Socket socket = new PinnedSocket(this);
    track(socket);
    try {
      socket.connect(to, timeoutMillis);
      return socket;
    } catch (IOException e) {
      quietlyClose(socket);
      throw e;
    }
  }

  /** Before it connects, so that closing the pin ends the connecting too. */
  private synchronized void track(Socket socket) throws SocketException {
    if (closed || connections == MOST_CONNECTIONS + addresses.size()) {
      throw new SocketException("no more connections");
    }
    connections++;
    sockets.add(socket);
  }

  private static void quietlyClose(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as we are concerned.
    }
  }
}
