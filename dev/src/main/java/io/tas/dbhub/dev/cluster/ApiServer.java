package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side: one loopback port, one bearer token, answers and failures as JSON. */
final class ApiServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final List<String> OPEN_PATHS = List.of("healthz", "livez", "readyz");

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(ApiServer::thread);
  private final byte[] expected;
  private final Discovery discovery;
  private final ResourceEndpoint resources;

  ApiServer(int port, SSLContext tls, String token, Discovery discovery, ResourceEndpoint resources)
      throws IOException {
    this.expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    this.discovery = discovery;
    this.resources = resources;
    // Without it every small answer waits 40 ms for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange);
      } catch (ApiFailure failure) {
        send(exchange, failure.code(), failure.status());
      } catch (UncheckedIOException e) {
        LOG.debug("A client went away", e);
      } catch (RuntimeException e) {
        LOG.error(
            "Cannot answer {} {}",
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            e);
        ObjectNode status =
            Json.object()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("reason", "InternalError")
                .put("message", "Internal error: " + e.getClass().getSimpleName())
                .put("code", 500);
        send(exchange, 500, status);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    ApiRequest request = ApiRequest.of(exchange);
    List<String> path = request.path();
    if (!path.isEmpty() && OPEN_PATHS.contains(path.get(0))) {
      byte[] ok = "ok".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, ok.length);
      exchange.getResponseBody().write(ok);
      return;
    }
    authenticate(request);
    if (request.wantsWebSocket()) {
      // Clients that try a WebSocket first take this as "use plain HTTP".
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    if (request.method().equals("GET")) {
      var document = discovery.find(request);
      if (document.isPresent()) {
        send(exchange, 200, document.get());
        return;
      }
    }
    if (path.size() < 3 || !(path.get(0).equals("api") || path.get(0).equals("apis"))) {
      throw ApiFailure.noSuchPath();
    }
    Target target = Target.of(path);
    if (request.method().equals("GET") && request.flag("watch")) {
      watch(exchange, request, target);
      return;
    }
    ResourceEndpoint.Answer answer = resources.answer(request, target);
    send(exchange, answer.code(), answer.body());
  }

  private void watch(HttpExchange exchange, ApiRequest request, Target target) throws IOException {
    WatchStream stream = resources.watch(request, target);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    stream.writeTo(exchange.getResponseBody());
  }

  private void authenticate(ApiRequest request) {
    byte[] given = request.header("authorization").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, given)) {
      throw ApiFailure.unauthorized();
    }
  }

  private static void send(HttpExchange exchange, int code, JsonNode body) throws IOException {
    byte[] bytes = Json.bytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "memory-cluster-http");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
