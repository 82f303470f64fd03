package io.tas.dbhub.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.terminal.Terminal;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the steps of an operation as they go, beside the result: a line for each change, and on a
 * terminal what goes on now in a line that is written over. Not thread-safe.
 */
final class Progress {
  private final Terminal terminal;
  private final boolean live;
  private final Map<String, String> told = new HashMap<>();

  Progress(Terminal terminal) {
    this.terminal = terminal;
    this.live = terminal.screen().errors();
  }

  void show(JsonNode operation) {
    String now = "";
    int number = 0;
    for (JsonNode step : operation.path("steps")) {
      String line = "  " + OperationText.name(step) + ": " + OperationText.state(step);
      if (live && !OperationText.finished(step)) {
        now = now.isEmpty() ? line : now;
      } else if (!line.equals(told.put(number + step.path("name").asText(), line))) {
        note(line);
      }
      number++;
    }
    if (live) {
      terminal.live(now);
    }
  }

  void note(String line) {
    end();
    terminal.note(line);
  }

  /** Leaves nothing behind that would be written over. */
  void end() {
    if (live) {
      terminal.endLive();
    }
  }
}
