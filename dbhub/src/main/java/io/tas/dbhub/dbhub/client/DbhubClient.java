package io.tas.dbhub.dbhub.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.dbhub.client.DbhubAnswer.NotOffered;
import io.tas.dbhub.dbhub.client.DbhubAnswer.NotUnderstood;
import io.tas.dbhub.dbhub.client.DbhubAnswer.Rejected;
import io.tas.dbhub.dbhub.client.DbhubAnswer.Result;
import io.tas.dbhub.dbhub.client.DbhubAnswer.Results;
import io.tas.dbhub.dbhub.client.DbhubAnswer.TimedOut;
import io.tas.dbhub.dbhub.client.DbhubAnswer.TooLarge;
import io.tas.dbhub.dbhub.client.DbhubAnswer.ToolError;
import io.tas.dbhub.dbhub.client.DbhubAnswer.Unreachable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs SQL on a DBHub 1.4 server: one {@code tools/call} of MCP over HTTP, without a session. The
 * answer is a stream of server-sent events that holds one message; the statements' results are JSON
 * in a text in it. Thread-safe.
 */
public final class DbhubClient implements Dbhub {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final int DEFAULT_LIMIT = 8 * 1024 * 1024;
  private static final int UNKNOWN_TOOL = -32602;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final int limit;

  public DbhubClient() {
    this(DEFAULT_LIMIT);
  }

  /**
   * @param limit bytes of an answer that are held at most
   */
  public DbhubClient(int limit) {
    this.limit = limit;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public DbhubAnswer execute(
      String endpoint, String sourceId, String token, String sql, Duration timeout) {
    Map<String, Object> call =
        Map.of(
            "jsonrpc",
            "2.0",
            "id",
            1,
            "method",
            "tools/call",
            "params",
            Map.of("name", "execute_sql_" + sourceId, "arguments", Map.of("sql", sql)));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint.replaceAll("/+$", "") + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("Authorization", "Bearer " + token)
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofByteArray(json(call)))
            .build();
    // The client's own timeout ends with the head of the answer, and the rows come after it.
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new BoundedBody(limit));
    try {
      return read(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new TimedOut();
    } catch (ExecutionException e) {
      return failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unreachable();
    } finally {
      answer.cancel(true);
    }
  }

  private static DbhubAnswer failure(ExecutionException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BoundedBody.TooLarge) {
        return new TooLarge();
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return new Unreachable();
      }
      if (cause instanceof HttpTimeoutException) {
        return new TimedOut();
      }
    }
    return new Unreachable();
  }

  private static DbhubAnswer read(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      return new Rejected(response.statusCode());
    }
    String body = new String(response.body(), StandardCharsets.UTF_8);
    String type = response.headers().firstValue("Content-Type").orElse("");
    List<String> messages =
        type.startsWith("application/json") ? List.of(body) : ServerSentEvents.messages(body);
    for (String message : messages) {
      try {
        JsonNode envelope = JSON.readTree(message);
        if (envelope.path("id").asInt() == 1) {
          return read(envelope);
        }
      } catch (JsonProcessingException e) {
        return new NotUnderstood();
      }
    }
    return new NotUnderstood();
  }

  private static DbhubAnswer read(JsonNode envelope) throws JsonProcessingException {
    JsonNode error = envelope.path("error");
    if (error.isObject()) {
      boolean noTool =
          error.path("code").asInt() == UNKNOWN_TOOL
              && error.path("message").asText().contains("not found");
      return noTool ? new NotOffered() : new NotUnderstood();
    }
    JsonNode result = envelope.path("result");
    String text = result.path("content").path(0).path("text").asText();
    if (result.path("isError").asBoolean() && !text.startsWith("{")) {
      return new ToolError("", text);
    }
    JsonNode answer = JSON.readTree(text);
    if (result.path("isError").asBoolean() || !answer.path("success").asBoolean()) {
      return new ToolError(answer.path("code").asText(), answer.path("error").asText());
    }
    JsonNode statements = answer.path("data").path("statements");
    if (!statements.isArray()) {
      return new NotUnderstood();
    }
    List<Result> results = new ArrayList<>();
    for (JsonNode statement : statements) {
      results.add(
          new Result(
              statement.path("rows"),
              statement.path("count").asInt(),
              statement.path("truncated").asBoolean()));
    }
    return new Results(results);
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts is always JSON", e);
    }
  }
}
