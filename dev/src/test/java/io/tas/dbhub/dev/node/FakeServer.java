package io.tas.dbhub.dev.node;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * Stands for DBHub in tests: answers with what it was configured with, and ends at once when it is
 * asked to.
 */
public final class FakeServer {

  private FakeServer() {}

  /** Takes {@code --port P --config FILE}; binds to {@code FAKE_HOST}. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[1]);
    String config = Files.readString(Path.of(arguments[3]));
    String host = System.getenv("FAKE_HOST");
    String text =
        config + "|" + System.getenv("PASSWORD") + "|" + System.getenv("POD") + "|" + host;
    HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          // As DBHub does, without a length.
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.createContext("/crash", exchange -> Runtime.getRuntime().halt(3));
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }
}
