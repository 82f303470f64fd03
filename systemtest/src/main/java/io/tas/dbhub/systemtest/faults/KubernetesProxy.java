package io.tas.dbhub.systemtest.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the workers and the Kubernetes API: they speak to it in clear, it speaks TLS. It
 * reads requests one by one, so that it can answer in the API's place; answers, and what an
 * upgraded connection carries, pass as they are.
 */
final class KubernetesProxy implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final URI api;
  private final SSLContext tls;
  private final Plans plans;
  private final Map<String, String> shownFor = new ConcurrentHashMap<>();
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool(KubernetesProxy::thread);

  KubernetesProxy(URI api, SSLContext tls, Plans plans) {
    this.api = api;
    this.tls = tls;
    this.plans = plans;
    try {
      this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /**
   * Has the workers find another address than the one that Kubernetes knows.
   *
   * @param shown as long as {@code real}, so that no length in an answer changes
   */
  void show(String real, String shown) {
    if (real.length() != shown.length()) {
      throw new IllegalArgumentException(real + " and " + shown + " differ in length");
    }
    shownFor.put(real, shown);
  }

  private String rewritten(String answer) {
    String text = answer;
    for (Map.Entry<String, String> entry : shownFor.entrySet()) {
      text = text.replace(entry.getKey(), entry.getValue());
    }
    return text;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "kubernetes-proxy");
    thread.setDaemon(true);
    return thread;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        threads.execute(() -> new Exchange(client).run());
      } catch (IOException closed) {
        return;
      }
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

  /** One connection of a client, with one of its own to the API. */
  private final class Exchange {
    private final Socket client;
    private @Nullable Socket server;
    private volatile boolean cut;

    Exchange(Socket client) {
      this.client = client;
    }

    void run() {
      try {
        client.setTcpNoDelay(true);
        InputStream from = new BufferedInputStream(client.getInputStream(), CHUNK);
        Optional<WireRequest> next = WireRequest.read(from);
        while (next.isPresent()) {
          WireRequest request = next.get();
          if (!handle(request)) {
            return;
          }
          if (request.upgrade()) {
            from.transferTo(server().getOutputStream());
            return;
          }
          next = WireRequest.read(from);
        }
      } catch (IOException broken) {
        // Both sides learn of it below.
      } finally {
        end();
      }
    }

    /** Answers whether the connection goes on. */
    private boolean handle(WireRequest request) throws IOException {
      Optional<Fault.Kind> suffers =
          request.status() || plans.isEmpty()
              ? Optional.empty()
              : plans.met(Engine.KUBERNETES, request.subject(), request.write());
      if (suffers.isPresent()) {
        switch (suffers.get()) {
          case CONFLICT -> answer(409, "Conflict", "AlreadyExists");
          case BUSY -> answer(429, "Too Many Requests", "TooManyRequests");
          case SERVER_ERROR -> answer(500, "Internal Server Error", "InternalError");
          case REFUSED -> {
            return false;
          }
          case CUT -> {
            cut = true;
            send(request);
          }
          case HANG -> {
            // Until the client gives up.
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            return false;
          }
          default -> throw new IllegalStateException("Kubernetes cannot " + suffers.get());
        }
        return true;
      }
      send(request);
      return true;
    }

    private void send(WireRequest request) throws IOException {
      OutputStream to = server().getOutputStream();
      to.write(request.text().getBytes(ISO_8859_1));
      to.flush();
    }

    private void answer(int code, String phrase, String reason) throws IOException {
      byte[] body =
          ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"injected\",\"reason\":\"%s\",\"code\":%d}")
              .formatted(reason, code)
              .getBytes(UTF_8);
      OutputStream to = client.getOutputStream();
      to.write(
          "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(code, phrase, body.length)
              .getBytes(ISO_8859_1));
      to.write(body);
      to.flush();
    }

    private Socket server() throws IOException {
      Socket connected = server;
      if (connected == null) {
        connected = tls.getSocketFactory().createSocket(api.getHost(), api.getPort());
        connected.setTcpNoDelay(true);
        server = connected;
        Socket source = connected;
        threads.execute(() -> answers(source));
      }
      return connected;
    }

    private void answers(Socket source) {
      byte[] chunk = new byte[CHUNK];
      try {
        InputStream from = source.getInputStream();
        OutputStream to = client.getOutputStream();
        for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
          if (cut) {
            return;
          }
          to.write(rewritten(new String(chunk, 0, length, ISO_8859_1)).getBytes(ISO_8859_1));
        }
      } catch (IOException broken) {
        // Both sides learn of it below.
      } finally {
        end();
      }
    }

    private void end() {
      TcpProxy.reset(client);
      Socket connected = server;
      if (connected != null) {
        TcpProxy.reset(connected);
      }
    }
  }
}
