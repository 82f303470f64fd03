package io.tas.dbhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir private Path home;

  @Test
  void bashUnderstandsTheScript() throws IOException, InterruptedException {
    Shell shell = new Shell(home);
    assertThat(shell.run("completion")).isZero();
    Path script = Files.writeString(home.resolve("completion"), shell.out());
    Process bash =
        new ProcessBuilder("bash", "-n", script.toString()).redirectErrorStream(true).start();
    assertThat(
            new String(
                bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(bash.waitFor()).isZero();
    assertThat(shell.out()).contains("databases", "rotate", "--password-file");
  }

  @Test
  void helpTellsTheExitCodesAndEachCommandItsOptions() {
    Shell shell = new Shell(home);
    assertThat(shell.run("--help")).isZero();
    assertThat(shell.out()).contains("Exit codes:", "waits for a person", "--insecure-http");
    assertThat(shell.run("databases", "rotate", "--help")).isZero();
    assertThat(shell.out()).contains("--password-file", "--wait").doesNotContain("--insecure-http");
  }

  @Test
  void aGroupAloneIsNoCommand() {
    Shell shell = new Shell(home);
    assertThat(shell.run("databases")).isEqualTo(2);
    assertThat(shell.err()).contains("dbhubctl databases --help");
  }
}
