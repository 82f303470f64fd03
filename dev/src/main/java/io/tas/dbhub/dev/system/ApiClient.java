package io.tas.dbhub.dev.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Calls the REST API as one caller, in JSON. Thread-safe. */
public final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the API answered; an empty body is a missing node. */
  public record Answer(int status, HttpHeaders headers, String text, JsonNode body) {}

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI base;
  private final String token;
  private final String space;
  private final Consumer<String> transcript;

  /**
   * @param base with the path of the API's version, ending in a slash
   * @param transcript gets every answer as text
   */
  public ApiClient(URI base, String token, String space, Consumer<String> transcript) {
    this.base = base;
    this.token = token;
    this.space = space;
    this.transcript = transcript;
  }

  public Answer get(String path) {
    return send(request(path).GET().build());
  }

  public Answer delete(String path) {
    return send(request(path).DELETE().build());
  }

  public Answer post(String path, Object body) {
    return post(path, body, Map.of());
  }

  public Answer post(String path, Object body, Map<String, String> headers) {
    return send("POST", path, body, headers);
  }

  /** Sends a file. */
  public Answer upload(String path, String contentType, String file) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(file))
            .build());
  }

  /** The answer as it comes; the caller closes it. Not in the transcript. */
  public HttpResponse<InputStream> stream(String path, Object body) {
    try {
      return http.send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build(),
          HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the API", e);
    }
  }

  public Answer put(String path, Object body, Map<String, String> headers) {
    return send("PUT", path, body, headers);
  }

  private Answer send(String method, String path, Object body, Map<String, String> headers) {
    try {
      HttpRequest.Builder request =
          request(path)
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
      headers.forEach(request::header);
      return send(request.build());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not representable in JSON", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token)
        .header("X-Space-ID", space);
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      transcript.accept(
          "%s %s -> %d%n%s%n%s%n"
              .formatted(
                  request.method(),
                  request.uri(),
                  response.statusCode(),
                  response.headers().map(),
                  response.body()));
      return new Answer(
          response.statusCode(), response.headers(), response.body(), json(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the API", e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
