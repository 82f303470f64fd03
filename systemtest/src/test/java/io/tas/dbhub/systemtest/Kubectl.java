package io.tas.dbhub.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.systemtest.faults.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The kubectl that people have, with the kubeconfig that {@code bin/up} leaves for them. */
final class Kubectl {
  private final Path program;
  private final Path kubeconfig;
  private final Path home;

  Kubectl(Path program, Path kubeconfig) {
    this.program = program;
    this.kubeconfig = kubeconfig;
    this.home = Directories.emptied(TestSystem.TARGET.resolve("kubectl"));
  }

  /** What it prints; fails with what it complains of. */
  String run(String... arguments) {
    return reading("", arguments);
  }

  /** With a text on its standard input. */
  String reading(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Path in = Files.writeString(Files.createTempFile(home, "in", ".txt"), input);
      Path complaints = Files.createTempFile(home, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectInput(in.toFile()).redirectError(complaints.toFile());
      builder
          .environment()
          .putAll(Map.of("HOME", home.toString(), "KUBECONFIG", kubeconfig.toString()));
      Process process = builder.start();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor())
          .as("%s%n%s%n%s", command, printed, Files.readString(complaints))
          .isZero();
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
