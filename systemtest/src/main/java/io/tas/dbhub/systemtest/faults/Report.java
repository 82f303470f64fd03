package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.dev.system.TextTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The printed table and its sums. */
final class Report {
  private Report() {}

  static String line(Outcome outcome) {
    Case tried = outcome.tried();
    return "%s, %s, %s -> %s %s"
        .formatted(
            tried.operation(), tried.point(), tried.fault(), outcome.ended(), outcome.wrong());
  }

  static String of(List<Outcome> outcomes) {
    TextTable table =
        new TextTable(List.of("OPERATION", "POINT", "FAULT", "OUTCOME", "AS IT SHOULD BE", "S"));
    outcomes.stream()
        .sorted(
            Comparator.comparing((Outcome o) -> o.tried().operation())
                .thenComparing(o -> o.tried().point())
                .thenComparing(o -> o.tried().fault()))
        .forEach(
            outcome ->
                table.add(
                    List.of(
                        outcome.tried().operation().toString(),
                        outcome.tried().point(),
                        outcome.tried().fault(),
                        outcome.ended(),
                        outcome.right() ? "yes" : "NO",
                        String.valueOf(outcome.took().toSeconds()))));
    Map<String, Long> endings =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    outcome -> outcome.ended().replaceAll("[:,].*", ""),
                    TreeMap::new,
                    Collectors.counting()));
    long wrong = outcomes.stream().filter(outcome -> !outcome.right()).count();
    return table
        + "%n%d cases: %s; %d not as they should be.%n".formatted(outcomes.size(), endings, wrong);
  }
}
