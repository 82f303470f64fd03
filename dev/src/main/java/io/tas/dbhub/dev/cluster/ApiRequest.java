package io.tas.dbhub.dev.cluster;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One request as far as the API server reads it. */
final class ApiRequest {

  private static final int LARGEST_BODY = 3 * 1024 * 1024;

  private final String method;
  private final List<String> path;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final byte[] body;

  private ApiRequest(
      String method,
      List<String> path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  static ApiRequest of(HttpExchange exchange) {
    List<String> path = new ArrayList<>();
    for (String segment : exchange.getRequestURI().getRawPath().split("/", -1)) {
      if (!segment.isEmpty()) {
        path.add(URLDecoder.decode(segment, StandardCharsets.UTF_8));
      }
    }
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.put(
            URLDecoder.decode(name, StandardCharsets.UTF_8),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    try {
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
      if (body.length > LARGEST_BODY) {
        throw ApiFailure.badRequest("the body of the request is larger than 3 MiB");
      }
      return new ApiRequest(exchange.getRequestMethod(), List.copyOf(path), query, headers, body);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the request", e);
    }
  }

  String method() {
    return method;
  }

  /** The decoded segments of the path. */
  List<String> path() {
    return path;
  }

  Map<String, String> query() {
    return query;
  }

  byte[] body() {
    // Clients that prefer another encoding fall back to JSON when told that it is unknown.
    if (contentType().contains("protobuf") || contentType().contains("cbor")) {
      throw ApiFailure.unsupportedMediaType(contentType());
    }
    return body;
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    String value = parameter(name);
    return value.equals("true") || value.equals("1");
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The media type of the body without its parameters. */
  String contentType() {
    String type = header("content-type");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip();
  }

  boolean wantsTable() {
    return header("accept").contains("as=Table");
  }

  boolean wantsWebSocket() {
    return header("upgrade").equalsIgnoreCase("websocket");
  }

  WriteOptions writeOptions() {
    String manager = parameter("fieldManager");
    if (manager.isEmpty() && !contentType().equals(Objects.APPLY_PATCH)) {
      String agent = header("user-agent");
      int end = agent.indexOf('/');
      manager = end > 0 ? agent.substring(0, end) : "unknown";
    }
    return new WriteOptions(
        manager,
        flag("force"),
        parameter("dryRun").equals("All"),
        parameter("fieldValidation").equals("Strict"));
  }
}
