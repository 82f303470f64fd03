package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.dev.engine.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a run of engines keeps its files. */
public final class Directories {
  private Directories() {}

  /** A directory with nothing of an earlier run in it, not even its processes. */
  public static Path emptied(Path directory) {
    try {
      Files.createDirectories(directory);
      ChildProcess.stopLeftovers(directory);
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
