package io.tas.dbhub.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The requests that the Kubernetes API server has written down: a JSON object in each line. */
final class ApiLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  private final Path file;
  private final String user;

  /**
   * @param user whose requests are counted
   */
  ApiLog(Path file, String user) {
    this.file = file;
    this.user = user;
  }

  /**
   * @param byVerb answered requests, by verb and kind of object: {@code patch databases/status}
   */
  record Requests(Map<String, Integer> byVerb) {
    int total() {
      return byVerb.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Without those that keep a leader elected. */
    int writes() {
      return byVerb.entrySet().stream()
          .filter(entry -> WRITES.contains(verb(entry.getKey())))
          .filter(entry -> !entry.getKey().endsWith(" leases"))
          .mapToInt(Map.Entry::getValue)
          .sum();
    }

    /** How many there were of each, the most frequent first. */
    String text() {
      return byVerb.entrySet().stream()
          .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
          .map(entry -> entry.getKey() + " " + entry.getValue())
          .collect(Collectors.joining(", "));
    }

    private static String verb(String key) {
      return key.substring(0, key.indexOf(' '));
    }
  }

  /** Where the next request will be written. */
  long end() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those since the log ended at the given place. */
  Requests since(long begin) {
    Map<String, Integer> byVerb = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(begin);
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        count(line, byVerb);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Requests(byVerb);
  }

  private void count(String line, Map<String, Integer> byVerb) throws IOException {
    // The last line may be half-written; what is measured is over by then.
    if (!line.endsWith("}")) {
      return;
    }
    JsonNode request = JSON.readTree(line);
    if (!request.path("user").path("username").asText().equals(user)) {
      return;
    }
    JsonNode object = request.path("objectRef");
    String part = object.path("subresource").asText();
    String kind = object.path("resource").asText("-") + (part.isEmpty() ? "" : "/" + part);
    byVerb.merge(request.path("verb").asText() + " " + kind, 1, Integer::sum);
  }
}
