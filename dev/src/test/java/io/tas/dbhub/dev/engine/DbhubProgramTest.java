package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbhubProgramTest {
  private static final String CONFIG =
      """
      [[sources]]
      id = "shop"
      type = "sqlite"
      database = ":memory:"
      lazy = true
      """;
  private static final String CALL =
      """
      {"jsonrpc":"2.0","id":1,"method":"tools/call",
       "params":{"name":"execute_sql","arguments":{"sql":"SELECT 40 + 2 AS answer"}}}
      """;

  @TempDir private Path directory;

  @Test
  void answersAQuery() throws Exception {
    Program.Installed program = Needed.installed(Needed.programs().dbhub());
    int port = new Ports().free();
    Path config = Files.writeString(directory.resolve("dbhub.toml"), CONFIG);
    List<String> argv =
        List.of(
            program.executable("dbhub").toString(),
            "--transport=http",
            "--host=127.0.0.1",
            "--port=" + port,
            "--config=" + config);
    try (ChildProcess dbhub =
        ChildProcess.start(new ChildProcess.Command("dbhub", argv, Map.of(), directory))) {
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest health = HttpRequest.newBuilder(uri(port, "/healthz")).build();
      dbhub.awaitReady(
          Duration.ofSeconds(60),
          () -> client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
      HttpRequest call =
          HttpRequest.newBuilder(uri(port, "/mcp"))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .POST(HttpRequest.BodyPublishers.ofString(CALL))
              .build();
      assertThat(client.send(call, HttpResponse.BodyHandlers.ofString()).body())
          .contains("\\\"answer\\\": 42");
    }
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
