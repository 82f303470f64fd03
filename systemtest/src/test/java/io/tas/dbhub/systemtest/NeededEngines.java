package io.tas.dbhub.systemtest;

import static org.junit.jupiter.api.Assumptions.abort;

import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What to do where an engine cannot be had: skip with the reason, but fail with {@code CI=true}.
 */
public final class NeededEngines {
  private NeededEngines() {}

  /** Why one of them cannot be had; told in the closing lines of {@code bin/test}. */
  public static Optional<String> obstacle(String tests, List<Program> needed) {
    Optional<String> obstacle =
        needed.stream()
            .filter(Program.Unavailable.class::isInstance)
            .map(program -> ((Program.Unavailable) program).reason())
            .findFirst();
    obstacle.ifPresent(reason -> tell(tests + ": " + reason));
    return obstacle;
  }

  public static void skip(String obstacle) {
    demand(obstacle);
    abort(obstacle);
  }

  /** Fails where nothing may be skipped. */
  static void demand(String obstacle) {
    if ("true".equals(System.getenv("CI"))) {
      throw new EngineException(obstacle);
    }
  }

  private static void tell(String skipped) {
    try {
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      Files.writeString(
          target.resolve("skipped.txt"),
          skipped.replace('\n', ' ') + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
