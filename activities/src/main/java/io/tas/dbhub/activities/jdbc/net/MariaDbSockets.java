package io.tas.dbhub.activities.jdbc.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Sockets for MariaDB's driver, which makes this class by name. The pin's token comes as the pool's
 * name, the one free text that the driver keeps and, without a pool, does not use.
 */
public final class MariaDbSockets extends ConfigurableSocketFactory {
  private @Nullable String token;

  @Override
  public void setConfiguration(Configuration configuration, String host) {
    token = configuration.poolName();
  }

  @Override
  public Socket createSocket() throws IOException {
    if (token == null) {
      throw new IOException("no pin");
    }
    return Pins.get(token).socket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return createSocket();
  }
}
