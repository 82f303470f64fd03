package io.tas.dbhub.dev.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that the machine already has, found as a shell would. */
final class Executables {
  private final List<Path> path;

  Executables(Map<String, String> environment) {
    this.path =
        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(entry -> !entry.isBlank())
            .map(Path::of)
            .toList();
  }

  Optional<Path> find(String name) {
    return path.stream()
        .map(directory -> directory.resolve(name).toAbsolutePath())
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /**
   * The first match of a pattern in what a short command prints. Empty when it fails, hangs, or
   * prints something else.
   */
  static Optional<Matcher> ask(Pattern pattern, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      try {
        String output =
            new String(
                process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        boolean ended = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        Matcher matcher = pattern.matcher(output);
        return ended && matcher.find() ? Optional.of(matcher) : Optional.empty();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
