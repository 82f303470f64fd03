package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says of a batch in words what REST says in numbers. */
final class BatchText {
  private static final Set<String> UNDER_WAY = Set.of("running", "paused");

  private BatchText() {}

  static boolean underWay(JsonNode batch) {
    return UNDER_WAY.contains(state(batch));
  }

  static String state(JsonNode batch) {
    return batch.path("state").asText();
  }

  static long count(JsonNode batch, String state) {
    return batch.path("rows").path(state).asLong();
  }

  /** Rows that are not waiting any more. */
  static long over(JsonNode batch) {
    return batch.path("total").asLong() - count(batch, "pending") - count(batch, "running");
  }

  /** "500: 440 done, 50 invalid, 10 failed"; states that no row is in are left out. */
  static String rows(JsonNode batch) {
    List<String> counts = new ArrayList<>();
    for (String state :
        List.of("pending", "running", "done", "unchanged", "failed", "attention", "invalid")) {
      long count = count(batch, state);
      if (count > 0) {
        counts.add(count + " " + name(state));
      }
    }
    return batch.path("total").asText()
        + (counts.isEmpty() ? "" : ": ")
        + String.join(", ", counts);
  }

  private static String name(String state) {
    return switch (state) {
      case "pending" -> "to do";
      case "attention" -> "waiting for a person";
      default -> state;
    };
  }

  /** What is wrong with a row, a line for each thing. */
  static List<String> problems(JsonNode row) {
    long line = row.path("line").asLong();
    String where =
        (line > 0 ? "Line " + line : "Row " + row.path("number").asText())
            + (row.path("name").asText().isEmpty() ? "" : " (" + row.path("name").asText() + ")")
            + ": ";
    List<String> problems = new ArrayList<>();
    for (JsonNode error : row.path("errors")) {
      problems.add(where + error.path("field").asText() + " " + error.path("message").asText());
    }
    if (!row.path("message").asText().isEmpty() || problems.isEmpty()) {
      problems.add(where + row.path("code").asText() + " " + row.path("message").asText());
    }
    return problems;
  }
}
