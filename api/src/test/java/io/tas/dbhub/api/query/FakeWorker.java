package io.tas.dbhub.api.query;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tas.dbhub.core.query.QueryOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers every query with the lines it was given, and remembers what it was asked. */
final class FakeWorker implements AutoCloseable {
  static final String TOKEN = "only workers know it";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final List<QueryOrder> orders = new CopyOnWriteArrayList<>();
  private final List<String> cancellations = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;
  private volatile String answer = "";
  private volatile Ending ending = Ending.WHOLE;
  private volatile int status = 200;
  private volatile int cancelStatus = 404;

  /** What comes after the answer's lines. */
  enum Ending {
    WHOLE,
    BROKEN_OFF,
    /** Broken off before there was anything. */
    NO_ANSWER,
    SILENT
  }

  FakeWorker() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answers(String... lines) {
    answers(Ending.WHOLE, String.join("\n", lines) + "\n");
  }

  void answers(Ending then, String text) {
    answer = text;
    ending = then;
  }

  void refuses(int with) {
    status = with;
  }

  void answersCancellations(int with) {
    cancelStatus = with;
  }

  List<QueryOrder> orders() {
    return orders;
  }

  /** Paths and bodies. */
  List<String> cancellations() {
    return cancellations;
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      throw new IOException("nobody may know of it");
    }
    String path = exchange.getRequestURI().getPath();
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    if (path.endsWith("/cancel")) {
      cancellations.add(path + " " + body);
      exchange.sendResponseHeaders(cancelStatus, -1);
      exchange.close();
      return;
    }
    orders.add(JSON.treeToValue(body, QueryOrder.class));
    if (ending == Ending.NO_ANSWER) {
      throw new IOException("the connection closes");
    }
    exchange.sendResponseHeaders(status, 0);
    OutputStream out = exchange.getResponseBody();
    out.write(answer.getBytes(StandardCharsets.UTF_8));
    out.flush();
    if (ending == Ending.SILENT) {
      awaitClosed();
    }
    if (ending != Ending.WHOLE) {
      throw new IOException("the connection closes, in the middle of the answer");
    }
    exchange.close();
  }

  private void awaitClosed() throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
