package io.tas.dbhub.dev.packaging;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the images would run, on this machine: the Dockerfile's command on the folder of the build.
 */
final class Images {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Images() {}

  static String dockerfile(String process) {
    try {
      return Files.readString(Path.of("..", process, "Dockerfile"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The entry point, with a heap for a machine that is shared. Skips the test where the folder has
   * not been made, and fails it in CI.
   */
  static List<String> entryPoint(String process, int heapMegabytes) {
    Path lib = Path.of("..", process, "target", "image", "lib").toAbsolutePath().normalize();
    if (!Files.isDirectory(lib)) {
      String reason = lib + " is made in the phase package: run `mvn verify`";
      if ("true".equals(System.getenv("CI"))) {
        fail(reason);
      }
      abort(reason);
    }
    List<String> command = new ArrayList<>(words(process, "ENTRYPOINT"));
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.replaceAll(word -> word.startsWith("/app/lib") ? lib + word.substring(8) : word);
    command.add(1, "-Xmx" + heapMegabytes + "m");
    return command;
  }

  /** The words of an instruction in its exec form. */
  static List<String> words(String process, String instruction) {
    String line =
        dockerfile(process)
            .lines()
            .filter(candidate -> candidate.startsWith(instruction + " ["))
            .findAny()
            .orElseThrow();
    try {
      List<String> words = new ArrayList<>();
      JSON.readTree(line.substring(instruction.length())).forEach(word -> words.add(word.asText()));
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
