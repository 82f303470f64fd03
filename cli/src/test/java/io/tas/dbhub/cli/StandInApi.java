package io.tas.dbhub.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A real HTTP server that answers what a test says, and remembers what it was asked. */
public final class StandInApi implements AutoCloseable {
  /** What somebody asked. */
  public record Request(String method, String target, Headers headers, String body) {}

  /** What it answers. */
  public record Reply(int status, Map<String, String> headers, String body) {
    public static Reply json(int status, String body) {
      return new Reply(status, Map.of("Content-Type", "application/json"), body);
    }

    public static Reply problem(int status, String body) {
      return new Reply(status, Map.of("Content-Type", "application/problem+json"), body);
    }

    public Reply with(String header, String value) {
      Map<String, String> more = new java.util.HashMap<>(headers);
      more.put(header, value);
      return new Reply(status, more, body);
    }
  }

  private static final int NO_ANSWER = 0;

  private final HttpServer server;
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  public StandInApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers these in their order, and the last one from then on. */
  public StandInApi on(String method, String path, Reply... answers) {
    replies.put(method + " /api/v1/" + path, new ArrayDeque<>(List.of(answers)));
    return this;
  }

  /** A connection that ends before its answer. */
  public static Reply lost() {
    return new Reply(NO_ANSWER, Map.of(), "");
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Those with the method. */
  public List<Request> requests(String method) {
    return requests().stream().filter(request -> request.method().equals(method)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              body));
      Reply reply = next(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
      if (reply.status() == NO_ANSWER) {
        return;
      }
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = reply.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized Reply next(String key) {
    Deque<Reply> known = replies.get(key);
    if (known == null) {
      return Reply.problem(
          404, "{\"title\":\"Not found\",\"detail\":\"Nobody expects " + key + "\"}");
    }
    return known.size() > 1 ? known.remove() : known.element();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
