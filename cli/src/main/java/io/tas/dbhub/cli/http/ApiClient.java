package io.tas.dbhub.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tas.dbhub.cli.config.Connection;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Calls the REST API with one token, in JSON. What may be repeated is repeated for a while when the
 * server has no time for it. It follows no redirect: the token goes to the configured server only.
 */
public final class ApiClient {
  /** Numbers keep all their digits. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_LOST = 3;
  private static final int MOST_OF_A_PROBLEM = 64 * 1024;

  /** Codes of a 503 that say that the request was not begun with. */
  private static final Set<String> NOT_BEGUN = Set.of("Busy", "DbhubUnavailable");

  private final HttpClient http;
  private final Connection connection;
  private final Duration timeout;
  private final Pause pause;
  private final Consumer<String> trace;

  /**
   * @param timeout until an answer begins, where a request says nothing else
   * @param trace gets a line for each request and each answer; no secrets are in them
   */
  public ApiClient(Connection connection, Duration timeout, Pause pause, Consumer<String> trace) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
    connection.caFile().ifPresent(file -> builder.sslContext(Trust.only(file)));
    this.http = builder.build();
    this.connection = connection;
    this.timeout = timeout;
    this.pause = pause;
    this.trace = trace;
  }

  /**
   * The answer, which is a success.
   *
   * @throws CommandFailure for any other answer, and for none
   */
  public Answer call(ApiRequest request) {
    Answer answer = send(request);
    if (!answer.succeeded()) {
      throw Problems.failure(answer);
    }
    return answer;
  }

  /**
   * As {@link #call}, whose answer's body is what matters.
   *
   * @throws CommandFailure also where it is no JSON
   */
  public JsonNode read(ApiRequest request) {
    Answer answer = call(request);
    if (answer.body().isMissingNode()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "The server's answer is no JSON.",
          "Is " + connection.url().text() + " the address of the API?");
    }
    return answer.body();
  }

  /**
   * Whatever is answered in the end.
   *
   * @throws CommandFailure UNAVAILABLE where there is no answer
   */
  public Answer send(ApiRequest request) {
    String requestId = UUID.randomUUID().toString();
    Duration waited = Duration.ZERO;
    Duration next = FIRST_PAUSE;
    int lost = 0;
    for (boolean repeated = false; ; repeated = true) {
      Duration wanted;
      try {
        Answer answer = exchange(request, requestId, repeated);
        if (!mayRepeat(request, answer)) {
          return answer;
        }
        wanted = retryAfter(answer, next);
        if (waited.plus(wanted).compareTo(PATIENCE) > 0) {
          return answer;
        }
      } catch (IOException e) {
        trace.accept("< no answer: " + e.getClass().getSimpleName());
        boolean again = request.repeat() == ApiRequest.Repeat.ALWAYS && !Unreachable.before(e);
        if (!again || ++lost >= MOST_LOST) {
          throw Unreachable.failure(e, connection.url().text(), connection.source(), requestId);
        }
        wanted = next;
      }
      pause.forDuration(wanted);
      waited = waited.plus(wanted);
      next = next.multipliedBy(2);
    }
  }

  private Answer exchange(ApiRequest request, String requestId, boolean repeated)
      throws IOException {
    HttpResponse<String> response =
        exchange(request, requestId, HttpResponse.BodyHandlers.ofString(UTF_8));
    return answer(response, response.body(), repeated);
  }

  private static Answer answer(HttpResponse<?> response, String text, boolean repeated) {
    return new Answer(response.statusCode(), headers(response), text, json(text), repeated);
  }

  /**
   * The body of a success, as it comes. The caller closes it.
   *
   * @throws CommandFailure for any other answer
   * @throws IOException when there is none
   */
  public InputStream open(ApiRequest request) throws IOException {
    HttpResponse<InputStream> response =
        exchange(request, UUID.randomUUID().toString(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() >= 200 && response.statusCode() < 300) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw Problems.failure(
          answer(response, new String(body.readNBytes(MOST_OF_A_PROBLEM), UTF_8), false));
    }
  }

  private <T> HttpResponse<T> exchange(
      ApiRequest request, String requestId, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    URI uri = URI.create(connection.url().api() + "/" + request.target());
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .timeout(request.timeout().orElse(timeout))
            .header("Authorization", "Bearer " + connection.token())
            .header("Accept", "application/json")
            .header("User-Agent", "dbhubctl")
            .header("X-Request-ID", requestId)
            .method(
                request.method(),
                request
                    .body()
                    .map(RequestBody::publisher)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    request.body().ifPresent(body -> builder.header("Content-Type", body.contentType()));
    connection.space().ifPresent(space -> builder.header("X-Space-ID", space));
    request.headers().forEach(builder::setHeader);
    trace.accept("> " + request.method() + " " + uri);
    long begun = System.nanoTime();
    try {
      HttpResponse<T> response = http.send(builder.build(), handler);
      trace.accept(
          "< %d, %d ms, request %s"
              .formatted(
                  response.statusCode(), (System.nanoTime() - begun) / 1_000_000, requestId));
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "Interrupted.");
    }
  }

  /** 429 says that nothing was begun, whatever was asked. */
  private static boolean mayRepeat(ApiRequest request, Answer answer) {
    if (request.repeat() == ApiRequest.Repeat.NEVER) {
      return false;
    }
    return answer.status() == 429
        || (answer.status() == 503
            && (request.repeat() == ApiRequest.Repeat.ALWAYS
                || NOT_BEGUN.contains(answer.body().path("code").asText())));
  }

  private static Duration retryAfter(Answer answer, Duration otherwise) {
    return answer
        .header("retry-after")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .orElse(otherwise);
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    return response.headers().map().entrySet().stream()
        .collect(
            Collectors.toMap(
                header -> header.getKey().toLowerCase(Locale.ROOT),
                header -> header.getValue().get(0),
                (first, second) -> first));
  }

  private static JsonNode json(String text) {
    try {
      return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
