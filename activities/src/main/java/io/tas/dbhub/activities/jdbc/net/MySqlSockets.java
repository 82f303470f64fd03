package io.tas.dbhub.activities.jdbc.net;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.ServerSession;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.SocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Sockets and TLS for Connector/J, which makes this class by name. */
public final class MySqlSockets implements SocketFactory {
  /** The driver's name for a property of ours, which it passes through. */
  public static final String TOKEN = "dbhubPin";

  private @Nullable Socket socket;
  private @Nullable Pin pin;

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends Closeable> T connect(
      String host, int port, PropertySet properties, int loginTimeout) throws IOException {
    pin = Pins.get((String) properties.getProperty(TOKEN).getValue());
    socket = pin.socket();
    return (T) socket;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends Closeable> T performTlsHandshake(
      SocketConnection connection, ServerSession session) throws IOException {
    if (pin == null || socket == null) {
      throw new IOException("not connected");
    }
    SSLSocket encrypted = pin.encrypt(socket, true);
    encrypted.startHandshake();
    return (T) encrypted;
  }
}
