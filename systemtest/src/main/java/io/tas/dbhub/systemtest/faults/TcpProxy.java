package io.tas.dbhub.systemtest.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between the workers and an engine. It understands no protocol: a request concerns a
 * database when the database's id stands in its bytes, which holds for all of our engines on
 * unencrypted connections.
 */
final class TcpProxy implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  /** An id may be cut in two by the network; what is kept of a chunk finds it all the same. */
  private static final int LONGEST_ID = 36;

  /** Bolt's message that makes a transaction's effect last. */
  private static final String BOLT_COMMIT = "\u0000\u0002\u00b0\u0012\u0000\u0000";

  private final Engine engine;
  private final String host;
  private final int port;
  private final Plans plans;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool(TcpProxy::thread);

  TcpProxy(Engine engine, String host, int port, Plans plans) {
    this.engine = engine;
    this.host = host;
    this.port = port;
    this.plans = plans;
    try {
      this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    return thread;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        threads.execute(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try {
      Socket server = new Socket(host, port);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Relay relay = new Relay(client, server);
      threads.execute(relay::answers);
      relay.requests();
    } catch (IOException unreachable) {
      reset(client);
    }
  }

  /** Ends a connection as a crash of the other side does. */
  static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException gone) {
      // Then there is nothing to end.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }

  /** One connection. */
  private final class Relay {
    private final Socket client;
    private final Socket server;
    private String before = "";
    private boolean cutAtCommit;
    private volatile boolean cut;
    private volatile boolean silent;

    Relay(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void requests() {
      byte[] chunk = new byte[CHUNK];
      try {
        InputStream from = client.getInputStream();
        OutputStream to = server.getOutputStream();
        for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
          if (!plans.isEmpty() && !silent) {
            suffer(new String(chunk, 0, length, ISO_8859_1));
          }
          if (!silent) {
            to.write(chunk, 0, length);
          }
        }
      } catch (IOException broken) {
        // Both sides learn of it below.
      } finally {
        end();
      }
    }

    private void suffer(String text) throws SocketException {
      if (cutAtCommit && text.contains(BOLT_COMMIT)) {
        cut = true;
      }
      Optional<Fault.Kind> kind = plans.met(engine, before + text, false);
      before = text.substring(Math.max(0, text.length() - LONGEST_ID + 1));
      if (kind.isEmpty()) {
        return;
      }
      before = "";
      switch (kind.get()) {
        case REFUSED -> {
          end();
          throw new SocketException("refused");
        }
        case CUT -> {
          if (engine == Engine.INVENTORY && !text.contains(BOLT_COMMIT)) {
            cutAtCommit = true;
          } else {
            cut = true;
          }
        }
        case HANG -> silent = true;
        default -> throw new IllegalStateException(engine + " cannot " + kind.get());
      }
    }

    void answers() {
      byte[] chunk = new byte[CHUNK];
      try {
        InputStream from = server.getInputStream();
        OutputStream to = client.getOutputStream();
        for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
          if (cut) {
            return;
          }
          if (!silent) {
            to.write(chunk, 0, length);
          }
        }
      } catch (IOException broken) {
        // Both sides learn of it below.
      } finally {
        end();
      }
    }

    private void end() {
      reset(client);
      reset(server);
    }
  }
}
