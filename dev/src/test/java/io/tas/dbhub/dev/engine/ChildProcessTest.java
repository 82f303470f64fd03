package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void closingStopsTheDescendantsToo() throws IOException {
    ProcessHandle grandchild;
    try (ChildProcess child = ready("sleep 600 & echo $! > grandchild; wait")) {
      long pid = Long.parseLong(Files.readString(directory.resolve("grandchild")).strip());
      grandchild = ProcessHandle.of(pid).orElseThrow();
      assertThat(child.isAlive()).isTrue();
    }
    await().atMost(PATIENCE).until(() -> gone(grandchild));
    assertThat(directory.resolve("sh.pid")).doesNotExist();
  }

  @Test
  void whoIgnoresTheRequestToStopIsKilled() {
    ChildProcess.Command stubborn =
        new ChildProcess.Command(
            "sh",
            List.of("/bin/sh", "-c", "trap '' TERM; while :; do sleep 1; done"),
            Map.of(),
            directory,
            "TERM",
            Duration.ofMillis(200));
    ChildProcess child = ChildProcess.start(stubborn);
    child.close();
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void whatAKilledRunLeftIsStoppedByTheNext() throws IOException {
    ChildProcess first = ready("echo > grandchild; sleep 600");
    ProcessHandle leftover = ProcessHandle.of(first.pid()).orElseThrow();
    try (ChildProcess second = ready("sleep 600")) {
      assertThat(gone(leftover)).isTrue();
      assertThat(second.isAlive()).isTrue();
      assertThat(Files.readAllLines(directory.resolve("sh.pid")).get(0))
          .isEqualTo(String.valueOf(second.pid()));
    } finally {
      first.close();
    }
  }

  @Test
  void anInnocentProcessWithTheSameNumberIsLeftAlone() throws IOException {
    Files.writeString(
        directory.resolve("sh.pid"), ProcessHandle.current().pid() + "\n" + "12345" + "\n");
    try (ChildProcess child = ready("echo > grandchild; sleep 600")) {
      assertThat(child.isAlive()).isTrue();
    }
  }

  @Test
  void whatNeverGetsReadyIsStoppedAndTheErrorShowsItsLastWords() {
    ChildProcess child = ChildProcess.start(command("echo out of cheese; sleep 600"));
    assertThatThrownBy(
            () ->
                child.awaitReady(
                    Duration.ofMillis(500), () -> Files.size(child.log()) > Long.MAX_VALUE - 1))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("sh was not ready after 0 s")
        .hasMessageContaining("out of cheese");
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void whatEndsBeforeItIsReadySaysWithWhichCode() {
    ChildProcess child = ChildProcess.start(command("echo bad flag; exit 3"));
    assertThatThrownBy(() -> child.awaitReady(PATIENCE, () -> false))
        .hasMessageContaining("sh ended with code 3")
        .hasMessageContaining("bad flag");
  }

  @Test
  void ourEnvironmentIsNotPassedOn() throws IOException {
    ChildProcess.Command command =
        new ChildProcess.Command(
            "sh", List.of("/bin/sh", "-c", "env; echo done"), Map.of("OWN", "1"), directory);
    try (ChildProcess child = ChildProcess.start(command)) {
      await().atMost(PATIENCE).until(() -> Files.readString(child.log()).contains("done"));
      assertThat(Files.readAllLines(child.log()))
          .contains("OWN=1")
          .extracting(line -> line.replaceAll("=.*", ""))
          .isSubsetOf(
              "OWN",
              "PATH",
              "HOME",
              "USER",
              "LANG",
              "LC_ALL",
              "TZ",
              "TMPDIR",
              "JAVA_HOME",
              "PWD",
              "SHLVL",
              "_",
              "OLDPWD",
              "done");
    }
  }

  /** Started, and past the point where it has written its file. */
  private ChildProcess ready(String script) {
    return ChildProcess.start(command(script))
        .awaitReady(PATIENCE, () -> Files.size(directory.resolve("grandchild")) > 0);
  }

  private ChildProcess.Command command(String script) {
    return new ChildProcess.Command("sh", List.of("/bin/sh", "-c", script), Map.of(), directory);
  }

  private static boolean gone(ProcessHandle process) {
    return !Proc.runs(process);
  }
}
