package io.tas.dbhub.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.dbhub.client.DbhubAnswer;
import io.tas.dbhub.dbhub.client.DbhubClient;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.system.LocalSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The ways to ask one query. Each reads and understands the whole answer. Thread-safe. */
final class QueryWays {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ROWS = 10;
  private static final String SQL =
      "SELECT id, station, taken, value, note FROM readings WHERE id > 500 ORDER BY id LIMIT "
          + ROWS;

  private final Readings target;
  private final DbhubClient dbhub = new DbhubClient();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI api;
  private final List<String> tokens;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * @param users who ask by turns: one may not ask as much at once as they together
   */
  QueryWays(LocalSystem system, Readings target, int users) {
    this.target = target;
    this.api = URI.create(system.addresses().get("API"));
    this.tokens =
        IntStream.range(0, users)
            .mapToObj(
                user ->
                    system
                        .issuer()
                        .token(
                            "user-" + user,
                            LocalSystem.TENANT,
                            List.of(LocalSystem.SPACE),
                            List.of("analyst")))
            .toList();
  }

  void dbhub() {
    DbhubAnswer answer =
        dbhub.execute(
            target.endpoint().endpoint(),
            target.endpoint().sourceId(),
            target.dbhubToken(),
            SQL,
            PATIENCE);
    if (!(answer instanceof DbhubAnswer.Results results)) {
      throw new EngineException("DBHub answered " + answer);
    }
    check(results.statements().get(0).rows());
  }

  void rest() {
    JsonNode answer =
        post(
            api.resolve("databases/" + target.id() + "/query"),
            Map.of("query", SQL),
            "application/json");
    check(answer.path("rows"));
  }

  void mcp() {
    JsonNode answer =
        post(
            api.resolve("/mcp"),
            Map.of(
                "jsonrpc",
                "2.0",
                "id",
                1,
                "method",
                "tools/call",
                "params",
                Map.of(
                    "name",
                    "execute_sql",
                    "arguments",
                    Map.of("database", Readings.NAME, "sql", SQL))),
            "application/json, text/event-stream");
    try {
      String text = answer.path("result").path("content").path(0).path("text").asText();
      check(JSON.readTree(text).path("rows"));
    } catch (JsonProcessingException e) {
      throw new EngineException("The tool answered no JSON: " + answer, e);
    }
  }

  private JsonNode post(URI address, Map<String, Object> body, String accept) {
    String token = tokens.get(Math.floorMod(next.getAndIncrement(), tokens.size()));
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(address)
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .header("Accept", accept)
                  .timeout(PATIENCE)
                  .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new EngineException(
            "%s answered %d: %s"
                .formatted(
                    address,
                    answer.statusCode(),
                    new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while measuring", e);
    }
  }

  private static void check(JsonNode rows) {
    if (rows.size() != ROWS) {
      throw new EngineException("%d rows were wanted: %s".formatted(ROWS, rows));
    }
  }
}
