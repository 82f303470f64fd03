package io.tas.dbhub.activities.jdbc.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reports what is read to its pin, which may have had enough. */
final class MeteredInput extends FilterInputStream {
  private final Pin pin;

  MeteredInput(InputStream in, Pin pin) {
    super(in);
    this.pin = pin;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      pin.received(1);
    }
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      pin.received(read);
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    pin.received(skipped);
    return skipped;
  }
}
