package io.tas.dbhub.activities.kubernetes.instance;

import io.tas.dbhub.core.instance.Source;
import java.util.List;
import java.util.NavigableMap;

/**
 * What DBHub is given. Not a record: it holds credentials, and a record would print them.
 *
 * <p>The environment holds the credentials by variable, and the token DBHub demands.
 */
final class RenderedInstance {
  private final String toml;
  private final NavigableMap<String, String> environment;
  private final String configHash;
  private final boolean writesFiles;
  private final List<Source> sources;
  private final List<String> problems;

  RenderedInstance(
      String toml,
      NavigableMap<String, String> environment,
      String configHash,
      boolean writesFiles,
      List<Source> sources,
      List<String> problems) {
    this.toml = toml;
    this.environment = environment;
    this.configHash = configHash;
    this.writesFiles = writesFiles;
    this.sources = List.copyOf(sources);
    this.problems = List.copyOf(problems);
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

  List<Source> sources() {
    return sources;
  }

  List<String> problems() {
    return problems;
  }
}
