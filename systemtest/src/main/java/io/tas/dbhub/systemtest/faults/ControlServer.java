package io.tas.dbhub.systemtest.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Asked by the workers before each activity of an operation and after it, and answers what the
 * activity has to suffer. A worker that is to die is killed while it waits for the answer: exactly
 * at the boundary.
 */
final class ControlServer implements AutoCloseable {
  /** Its place in the environment of a worker. */
  static final String ADDRESS = "FAULTS_CONTROL";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Plans plans;
  private final Consumer<String> killer;
  private volatile Consumer<String> boundary = worker -> {};

  /**
   * @param killer kills the worker of that name
   */
  ControlServer(Plans plans, Consumer<String> killer) {
    this.plans = plans;
    this.killer = killer;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * @param told of the worker whenever one has come to a boundary, before it gets its answer
   */
  void atBoundary(Consumer<String> told) {
    boundary = told;
  }

  /** The path is {@code /worker/when/workflow/activity/activityId}. */
  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> words = List.of(exchange.getRequestURI().getPath().split("/"));
      String worker = words.get(1);
      Fault.When when = Fault.When.valueOf(words.get(2));
      boundary.accept(worker);
      Optional<Fault> fault =
          plans.of(words.get(3)).flatMap(plan -> plan.reached(when, words.get(4), words.get(5)));
      if (fault.filter(found -> found.kind() == Fault.Kind.KILL).isPresent()) {
        killer.accept(worker);
        return;
      }
      byte[] answer = fault.map(found -> found.kind().name()).orElse("").getBytes(UTF_8);
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(answer);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
