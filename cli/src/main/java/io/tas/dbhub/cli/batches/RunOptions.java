package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a batch is checked and run. */
final class RunOptions {
  @Option(
      names = {"--run", "-y", "--yes"},
      description = {
        "Run it when it is checked, and wait for its end. Without it nothing is changed: the rows"
            + " are checked and reported."
      })
  private boolean run;

  @Option(
      names = "--only-valid",
      description = "Leave out rows that break rules, instead of doing nothing.")
  private boolean onlyValid;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "What to call it (default: the file's name).")
  private @Nullable String name;

  @Option(names = "--parallelism", paramLabel = "N", description = "Rows at a time, 1 to 64.")
  private @Nullable Integer parallelism;

  @Option(
      names = "--per-host",
      paramLabel = "N",
      description = "Rows at a time for one host, 1 to 64.")
  private @Nullable Integer perHost;

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      description = "Begin no other row after as many have failed.")
  private @Nullable Integer stopAfter;

  boolean run() {
    return run;
  }

  boolean onlyValid() {
    return onlyValid;
  }

  /** As an address has them. */
  Map<String, String> parameters(String otherName) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("name", name == null ? otherName : name);
    put(parameters, "parallelism", parallelism);
    put(parameters, "per_host", perHost);
    put(parameters, "stop_after", stopAfter);
    return parameters;
  }

  private static void put(Map<String, String> parameters, String name, @Nullable Integer value) {
    if (value != null) {
      parameters.put(name, String.valueOf(value));
    }
  }

  /** As a body has them. */
  void putInto(ObjectNode body) {
    if (name != null) {
      body.put("name", name);
    }
    if (parallelism != null) {
      body.put("parallelism", parallelism);
    }
    if (perHost != null) {
      body.put("per_host", perHost);
    }
    if (stopAfter != null) {
      body.put("stop_after", stopAfter);
    }
  }
}
