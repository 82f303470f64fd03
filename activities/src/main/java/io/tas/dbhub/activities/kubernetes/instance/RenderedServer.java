package io.tas.dbhub.activities.kubernetes.instance;

import io.tas.dbhub.core.instance.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;

/**
 * What one DBHub server is given. Not a record: it holds credentials, and a record would print
 * them.
 *
 * <p>The environment holds the credentials by variable, and the token DBHub demands.
 */
final class RenderedServer {
  /** Of a ConfigMap, and of a Secret. */
  private static final int MOST_BYTES = 1 << 20;

  private final String toml;
  private final NavigableMap<String, String> environment;
  private final String configHash;
  private final boolean writesFiles;
  private final List<Source> sources;

  RenderedServer(
      String toml,
      NavigableMap<String, String> environment,
      String configHash,
      boolean writesFiles,
      List<Source> sources) {
    this.toml = toml;
    this.environment = environment;
    this.configHash = configHash;
    this.writesFiles = writesFiles;
    this.sources = List.copyOf(sources);
  }

  String toml() {
    return toml;
  }

  NavigableMap<String, String> environment() {
    return environment;
  }

  String configHash() {
    return configHash;
  }

  /** Whether a database that is a file is served for more than reading. */
  boolean writesFiles() {
    return writesFiles;
  }

  /** Sorted by the name of the resource. */
  List<Source> sources() {
    return sources;
  }

  /** The names of the Database resources, sorted. */
  List<String> databases() {
    return sources.stream().map(source -> source.resource().name()).toList();
  }

  /** Whether it is more than Kubernetes stores in one object. */
  boolean tooLarge() {
    int databases = sources.stream().mapToInt(s -> bytes(s.resource().name()) + 1).sum();
    int credentials =
        environment.entrySet().stream()
            .mapToInt(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
            .sum();
    return bytes(toml) + databases > MOST_BYTES || credentials > MOST_BYTES;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
