package io.tas.dbhub.dev.node;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * One forwarded connection: bytes both ways. When its Pod goes, it is retired without breaking a
 * request: the next HTTP answer tells the client to close, and an idle connection is closed.
 */
final class Connection implements AutoCloseable {

  private static final int BUFFER = 32 * 1024;

  /** Long enough for a client to send what it had in hand, short enough for a rollout. */
  private static final long IDLE_NANOS = Duration.ofMillis(100).toNanos();

  private final Socket client;
  private final Socket backend;
  private final HttpAnswer answer = new HttpAnswer();
  private volatile long lastMove = System.nanoTime();
  private volatile boolean retiring;
  private volatile boolean closed;

  Connection(Socket client, Socket backend) {
    this.client = client;
    this.backend = backend;
  }

  boolean to(String address) {
    return backend.getInetAddress().getHostAddress().equals(address);
  }

  void copyRequests() throws IOException {
    InputStream in = client.getInputStream();
    OutputStream out = backend.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    int count = in.read(buffer);
    while (count >= 0) {
      lastMove = System.nanoTime();
      answer.expected();
      out.write(buffer, 0, count);
      count = in.read(buffer);
    }
  }

  void copyAnswers() {
    try {
      InputStream in = backend.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      int count = in.read(buffer);
      while (count >= 0) {
        lastMove = System.nanoTime();
        out.write(answer.pass(buffer, count, retiring));
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // The other side ended it: so do we.
      closed = true;
    } finally {
      close();
    }
  }

  /** Ends the connection as soon as no request is under way; whether it is still open. */
  boolean retire() {
    retiring = true;
    if (answer.complete() && System.nanoTime() - lastMove > IDLE_NANOS) {
      close();
    }
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
    closeQuietly(backend);
    closeQuietly(client);
  }

  static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is left to do with it.
      return;
    }
  }
}
