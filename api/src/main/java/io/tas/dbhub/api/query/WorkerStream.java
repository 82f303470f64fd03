package io.tas.dbhub.api.query;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a worker writes, which ends when it writes nothing for too long: of a machine that is gone
 * nobody tells, and whoever waits for it would wait for ever.
 */
final class WorkerStream extends FilterInputStream {
  private final Duration silence;

  WorkerStream(InputStream in, Duration silence) {
    super(in);
    this.silence = silence;
  }

  /** The worker's side failed. */
  static final class BrokenOffException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenOffException() {
      super("the worker broke off");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    CompletableFuture<Boolean> answered = new CompletableFuture<>();
    CompletableFuture<?> unused =
        answered
            .completeOnTimeout(false, silence.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(this::endUnless);
    int read;
    boolean inTime = false;
    try {
      read = in.read(bytes, offset, length);
    } catch (IOException e) {
      throw new BrokenOffException();
    } finally {
      inTime = answered.complete(true);
    }
    if (!inTime) {
      throw new BrokenOffException();
    }
    return read;
  }

  private void endUnless(boolean answered) {
    if (!answered) {
      try {
        in.close();
      } catch (IOException e) {
        // It is over either way.
      }
    }
  }
}
