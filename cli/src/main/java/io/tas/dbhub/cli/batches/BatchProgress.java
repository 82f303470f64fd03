package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.terminal.Terminal;

/**
 * Tells how far a batch is, beside the result: a bar that is written over on a terminal, elsewhere
 * a line whenever another tenth is over. Not thread-safe.
 */
final class BatchProgress {
  private static final int WIDTH = 30;
  private static final int LINES = 10;

  private final Terminal terminal;
  private final boolean live;
  private String told = "";

  BatchProgress(Terminal terminal) {
    this.terminal = terminal;
    this.live = terminal.screen().errors();
  }

  void show(JsonNode batch) {
    if (live) {
      terminal.live(bar(batch) + " " + words(batch));
      return;
    }
    String step = BatchText.state(batch) + part(batch, LINES);
    if (!step.equals(told)) {
      told = step;
      terminal.note(words(batch));
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

  private static String bar(JsonNode batch) {
    int filled = (int) part(batch, WIDTH);
    return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]";
  }

  /** How many of so many parts are over. */
  private static long part(JsonNode batch, int parts) {
    long total = batch.path("total").asLong();
    return total == 0 ? parts : Math.min(parts, BatchText.over(batch) * parts / total);
  }

  private static String words(JsonNode batch) {
    StringBuilder words = new StringBuilder(BatchText.rows(batch));
    if (batch.path("rate_per_second").asDouble() > 0 && BatchText.underWay(batch)) {
      words.append(", ").append(batch.path("rate_per_second").asText()).append("/s");
    }
    if (batch.hasNonNull("eta_seconds")) {
      words.append(", ").append(batch.path("eta_seconds").asText()).append(" s left");
    }
    if (BatchText.state(batch).equals("paused")) {
      words.append(", paused");
    }
    return words.toString();
  }
}
