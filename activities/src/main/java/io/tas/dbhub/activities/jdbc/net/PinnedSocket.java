package io.tas.dbhub.activities.jdbc.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;

/** A socket that knows its pin. Not connected through a proxy, whatever the JVM is told. */
final class PinnedSocket extends Socket {
  private final Pin pin;

  PinnedSocket(Pin pin) {
    super(Proxy.NO_PROXY);
    this.pin = pin;
  }

  Pin pin() {
    return pin;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new MeteredInput(super.getInputStream(), pin);
  }
}
