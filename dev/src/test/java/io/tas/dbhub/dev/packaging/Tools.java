package io.tas.dbhub.dev.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.dev.engine.Needed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code kubectl} and {@code helm} that an operator would use, with a home of their own. */
final class Tools {
  private final String kubectl =
      Needed.installed(Needed.programs().kubernetes()).executable("kubectl").toString();
  private final String helm =
      Needed.installed(Needed.programs().helm()).executable("helm").toString();
  private final Path home;
  private final Optional<Path> kubeconfig;

  /** What a command came to. */
  record Result(int code, String out, String err) {
    Result succeeded() {
      assertThat(code).as("%s%n%s", out, err).isZero();
      return this;
    }

    String everything() {
      return out + err;
    }
  }

  /**
   * @param kubeconfig of the administrator; empty: only what needs no cluster
   */
  Tools(Path home, Optional<Path> kubeconfig) {
    this.home = home;
    this.kubeconfig = kubeconfig;
  }

  Result kubectl(String... arguments) {
    return run(kubectl, "", arguments);
  }

  /** With a text on its standard input. */
  Result kubectlReading(String input, String... arguments) {
    return run(kubectl, input, arguments);
  }

  Result helm(String... arguments) {
    return run(helm, "", arguments);
  }

  private Result run(String program, String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    try {
      Path in = Files.writeString(Files.createTempFile(home, "in", ".txt"), input);
      Path err = Files.createTempFile(home, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectInput(in.toFile()).redirectError(err.toFile());
      builder
          .environment()
          .putAll(
              Map.of(
                  "HOME",
                  home.toString(),
                  "KUBECONFIG",
                  kubeconfig.map(Path::toString).orElse("/dev/null")));
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Result(process.waitFor(), out, Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
