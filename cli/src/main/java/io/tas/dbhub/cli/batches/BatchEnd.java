package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.session.Format;
import io.tas.dbhub.cli.session.Session;

/** How a command about a batch ends. */
final class BatchEnd {
  private final Session session;

  BatchEnd(Session session) {
    this.session = session;
  }

  /** Waits until the batch has ended, shows it, and answers the exit code. */
  int await(String id, Format format) {
    JsonNode batch = new BatchWatch(session).await(id);
    BatchReport.print(session.terminal(), batch, format);
    return of(batch).code();
  }

  static ExitCode of(JsonNode batch) {
    return switch (BatchText.state(batch)) {
      case "completed", "running", "paused" -> ExitCode.OK;
      case "checked" -> BatchText.count(batch, "invalid") == 0 ? ExitCode.OK : ExitCode.USAGE;
      case "needs_attention" -> ExitCode.ATTENTION;
      default -> ExitCode.FAILED;
    };
  }
}
