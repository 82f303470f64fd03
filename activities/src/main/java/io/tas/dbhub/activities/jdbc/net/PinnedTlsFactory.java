package io.tas.dbhub.activities.jdbc.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** TLS for the driver of PostgreSQL, which makes this class by name. */
public final class PinnedTlsFactory extends SSLSocketFactory {
  private final Pin pin;

  /**
   * @param token of the pin
   */
  public PinnedTlsFactory(String token) {
    this.pin = Pins.get(token);
  }

  /** Only ever layers over the pinned socket, for the target's own name. */
  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return pin.encrypt(socket, autoClose);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return new String[0];
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return new String[0];
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw onlyLayered();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw onlyLayered();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw onlyLayered();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    throw onlyLayered();
  }

  private static IOException onlyLayered() {
    return new IOException("TLS is layered over the pinned socket");
  }
}
