package io.tas.dbhub.activities.jdbc.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets for the drivers of PostgreSQL and SQL Server, which make this class by name. Wherever the
 * driver means to connect to, the socket leads to the pinned address.
 */
public final class PinnedSocketFactory extends SocketFactory {
  private final Pin pin;

  /**
   * @param token of the pin
   */
  public PinnedSocketFactory(String token) {
    this.pin = Pins.get(token);
  }

  @Override
  public Socket createSocket() throws IOException {
    return pin.socket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return pin.socket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return pin.socket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return pin.socket();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return pin.socket();
  }
}
