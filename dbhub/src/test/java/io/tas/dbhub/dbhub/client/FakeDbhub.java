package io.tas.dbhub.dbhub.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers as DBHub 1.4.0 was seen to answer, byte for byte but for the values. */
final class FakeDbhub implements AutoCloseable {
  static final String TOKEN = "tok123";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it was asked. */
  record Call(String tool, String sql) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile Reply reply = exchange -> {};

  private interface Reply {
    void to(HttpExchange exchange) throws IOException;
  }

  FakeDbhub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/mcp", this::handle);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next answers' {@code data.statements}. */
  void answersStatements(String statements) {
    answersTool("{\"success\":true,\"data\":{\"statements\":" + statements + "}}", false);
  }

  void answersError(String code, String message) {
    String error =
        JSON.createObjectNode()
            .put("success", false)
            .put("error", message)
            .put("code", code)
            .toPrettyString();
    answersTool(error, true);
  }

  void answersTool(String text, boolean isError) {
    String content = JSON.createObjectNode().put("type", "text").put("text", text).toString();
    answersMessage(
        "{\"result\":{\"content\":["
            + content
            + "]"
            + (isError ? ",\"isError\":true" : "")
            + "},\"jsonrpc\":\"2.0\",\"id\":1}");
  }

  void answersMessage(String message) {
    answers(200, "text/event-stream", "event: message\ndata: " + message + "\n\n\n");
  }

  void answers(int status, String type, String body) {
    reply = exchange -> send(exchange, status, type, body);
  }

  /** The head comes, the rows never do. */
  void hangsAfterTheHead() {
    reply =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(": wait\n\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          awaitClosing();
        };
  }

  void breaksOff() {
    reply = HttpExchange::close;
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("Bearer " + TOKEN).equals(bearer)) {
      String unauthorized = "{\"error\":\"Unauthorized\",\"message\":\"Invalid bearer token\"}";
      send(exchange, 401, "application/json; charset=utf-8", unauthorized);
    } else if (!accept.contains("application/json") || !accept.contains("text/event-stream")) {
      send(exchange, 406, "application/json", "{}");
    } else if (body.length > 102_400) {
      send(exchange, 413, "text/html; charset=utf-8", "<pre>PayloadTooLargeError</pre>");
    } else {
      JsonNode parameters = JSON.readTree(body).path("params");
      calls.add(
          new Call(
              parameters.path("name").asText(), parameters.path("arguments").path("sql").asText()));
      reply.to(exchange);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, 0);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
