package io.tas.dbhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/dbhubctl.md tells what there is. */
class GuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "dbhubctl.md");

  @Test
  void everyExitCodeIsInTheGuide() throws IOException {
    String guide = Files.readString(GUIDE);
    for (ExitCode code : ExitCode.values()) {
      assertThat(guide).contains("| " + code.code() + " | " + code.meaning());
    }
  }
}
