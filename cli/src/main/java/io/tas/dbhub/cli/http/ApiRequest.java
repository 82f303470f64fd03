package io.tas.dbhub.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One request.
 *
 * @param path below the API's, in characters that need no encoding
 * @param parameters of the query; what is empty is left out
 * @param timeout until the answer begins; empty for the usual one
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, String> parameters,
    Optional<RequestBody> body,
    Map<String, String> headers,
    Repeat repeat,
    Optional<Duration> timeout) {
  /** When it may be sent once more. */
  public enum Repeat {
    /** Sending it twice does what sending it once does. */
    ALWAYS,
    /** Only where the answer says that nothing was begun. */
    WHEN_NOT_BEGUN,
    /** What it sends is gone. */
    NEVER
  }

  public static ApiRequest get(String path) {
    return get(path, Map.of());
  }

  public static ApiRequest get(String path, Map<String, String> parameters) {
    return new ApiRequest(
        "GET", path, parameters, Optional.empty(), Map.of(), Repeat.ALWAYS, Optional.empty());
  }

  public static ApiRequest delete(String path) {
    return new ApiRequest(
        "DELETE", path, Map.of(), Optional.empty(), Map.of(), Repeat.ALWAYS, Optional.empty());
  }

  public static ApiRequest put(String path, JsonNode body) {
    return sending("PUT", path, Optional.of(RequestBody.json(body)));
  }

  public static ApiRequest post(String path, JsonNode body) {
    return post(path, RequestBody.json(body));
  }

  public static ApiRequest post(String path, RequestBody body) {
    ApiRequest request = sending("POST", path, Optional.of(body));
    return body.again()
        ? request
        : new ApiRequest(
            request.method,
            path,
            request.parameters,
            request.body,
            request.headers,
            Repeat.NEVER,
            request.timeout);
  }

  public static ApiRequest post(String path) {
    return sending("POST", path, Optional.empty());
  }

  private static ApiRequest sending(String method, String path, Optional<RequestBody> body) {
    return new ApiRequest(
        method, path, Map.of(), body, Map.of(), Repeat.WHEN_NOT_BEGUN, Optional.empty());
  }

  public ApiRequest repeatable() {
    return new ApiRequest(method, path, parameters, body, headers, Repeat.ALWAYS, timeout);
  }

  public ApiRequest header(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new ApiRequest(method, path, parameters, body, more, repeat, timeout);
  }

  /** With these as its query. */
  public ApiRequest with(Map<String, String> query) {
    return new ApiRequest(method, path, query, body, headers, repeat, timeout);
  }

  public ApiRequest within(Duration limit) {
    return new ApiRequest(method, path, parameters, body, headers, repeat, Optional.of(limit));
  }

  /** Path and query. */
  String target() {
    String query =
        parameters.entrySet().stream()
            .filter(parameter -> !parameter.getValue().isEmpty())
            .sorted(Map.Entry.comparingByKey())
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
