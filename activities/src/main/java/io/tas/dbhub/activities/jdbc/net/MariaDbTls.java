package io.tas.dbhub.activities.jdbc.net;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;

/** TLS for MariaDB's driver, which finds this class as a service, by its type. */
public final class MariaDbTls implements TlsSocketPlugin {
  public static final String TYPE = "dbhub-pinned";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public SSLSocket createSocket(Socket socket, SSLSocketFactory unused) throws IOException {
    if (socket instanceof PinnedSocket pinned) {
      return pinned.pin().encrypt(socket, true);
    }
    throw new IOException("not a pinned socket");
  }

  /** For the driver's own factory, which {@link #createSocket} does not use: trusts nobody. */
  @Override
  public TrustManager[] getTrustManager(
      Configuration configuration, ExceptionFactory exceptions, HostAddress host) {
    return new TrustManager[0];
  }

  @Override
  public KeyManager[] getKeyManager(Configuration configuration, ExceptionFactory exceptions) {
    return new KeyManager[0];
  }

  /** The name was checked during the handshake. */
  @Override
  public void verify(String host, SSLSession session, long serverThreadId) {}
}
