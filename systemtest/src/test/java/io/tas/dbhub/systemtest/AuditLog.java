package io.tas.dbhub.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who asked the API server for what, as it wrote down itself. */
record AuditLog(Path file) {
  private static final ObjectReader JSON = new ObjectMapper().reader();
  private static final int CREATED = 201;

  /**
   * One request that was answered.
   *
   * @param agent what the client calls itself
   * @param resource with its subresource, {@code databases/status}; empty: not about a resource
   * @param code of the answer
   */
  record Request(
      Instant at,
      String agent,
      String verb,
      String group,
      String resource,
      String namespace,
      int code,
      boolean forbidden) {
    /** The rights it made use of. Applying what is not there yet is creating, too. */
    Stream<Right> uses() {
      Right own = new Right(group, resource, verb);
      return verb.equals("patch") && code == CREATED
          ? Stream.of(own, new Right(group, resource, "create"))
          : Stream.of(own);
    }
  }

  /** What a rule allows. */
  record Right(String group, String resource, String verb) {}

  /** In the order of their ends. What is still going on, such as a watch, is not among them. */
  List<Request> by(String user) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(line -> parsed(line, user)).flatMap(Optional::stream).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Request> parsed(String line, String user) {
    // Most are somebody else's.
    if (!line.contains(user)) {
      return Optional.empty();
    }
    try {
      JsonNode event = JSON.readTree(line);
      if (!event.at("/user/username").asText().equals(user)) {
        return Optional.empty();
      }
      JsonNode about = event.path("objectRef");
      String subresource = about.path("subresource").asText("");
      return Optional.of(
          new Request(
              Instant.parse(event.path("requestReceivedTimestamp").asText()),
              event.path("userAgent").asText(),
              event.path("verb").asText(),
              about.path("apiGroup").asText(""),
              about.path("resource").asText("") + (subresource.isEmpty() ? "" : "/" + subresource),
              about.path("namespace").asText(""),
              event.at("/responseStatus/code").asInt(),
              event
                  .path("annotations")
                  .path("authorization.k8s.io/decision")
                  .asText()
                  .equals("forbid")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
