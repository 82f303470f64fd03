package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.system.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables of docs/performance.md. */
final class OperatorReport {
  /** Seconds until all are Connected, by how many there are. */
  private static final Map<Integer, Double> AIMS = Map.of(50, 2.0, 200, 5.0, 1000, 20.0);

  private final List<OperatorBurst.Outcome> bursts = new ArrayList<>();
  private final List<OperatorBurst.Outcome> hanging = new ArrayList<>();
  private final List<OperatorIdle.Outcome> idle = new ArrayList<>();
  private final List<OperatorQueries.Outcome> queries = new ArrayList<>();

  void add(OperatorBurst.Outcome outcome) {
    bursts.add(outcome);
  }

  void addHanging(OperatorBurst.Outcome outcome) {
    hanging.add(outcome);
  }

  void add(OperatorIdle.Outcome outcome) {
    idle.add(outcome);
  }

  void addQueries(List<OperatorQueries.Outcome> outcomes) {
    queries.addAll(outcomes);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    if (!bursts.isEmpty()) {
      text.append(bursts()).append('\n').append(costs()).append('\n').append(requests());
    }
    if (!hanging.isEmpty()) {
      text.append('\n').append(hanging());
    }
    if (!idle.isEmpty()) {
      text.append('\n').append(idle());
    }
    if (!queries.isEmpty()) {
      text.append('\n').append(queries());
    }
    return text.toString();
  }

  private TextTable bursts() {
    TextTable table =
        new TextTable(
            List.of(
                "DATABASES",
                "MADE, ALONE",
                "MADE",
                "HALF CONNECTED",
                "ALL CONNECTED",
                "AIM",
                "RATIO TO ALONE",
                "SETTLED",
                "SERVERS",
                "CONFIG WRITES, MOST",
                "ROLLOUTS, MOST"));
    for (OperatorBurst.Outcome burst : bursts) {
      Double aim = AIMS.get(burst.size());
      table.add(
          List.of(
              "" + burst.size(),
              seconds(burst.alone()),
              seconds(burst.created()),
              seconds(burst.half()),
              seconds(burst.connected()),
              aim == null ? "" : seconds(aim),
              "%.1f".formatted(burst.connected() / burst.alone()),
              seconds(burst.settled()),
              "" + burst.writes().servers(),
              burst.writes().writes() + ", " + burst.writes().mostWrites(),
              burst.writes().generations() + ", " + burst.writes().mostGenerations()));
    }
    return table;
  }

  private TextTable costs() {
    TextTable table =
        new TextTable(
            List.of("DATABASES", "REQUESTS", "EACH", "WORKER", "TEMPORAL", "KUBERNETES API"));
    for (OperatorBurst.Outcome burst : bursts) {
      table.add(
          List.of(
              "" + burst.size(),
              "" + burst.requests().total(),
              "%.1f".formatted((double) burst.requests().total() / burst.size()),
              burst.worker().text(),
              burst.temporal().text(),
              burst.kubernetes().text()));
    }
    return table;
  }

  /** Lines, not a table: there are many kinds. */
  private String requests() {
    StringBuilder text = new StringBuilder("  Requests of the worker, until settled\n");
    bursts.forEach(
        burst -> text.append("  %5d  %s%n".formatted(burst.size(), burst.requests().text())));
    return text.toString();
  }

  private TextTable hanging() {
    TextTable table =
        new TextTable(List.of("DATABASES", "NONE HANGS", "THE OTHERS, 10 % HANG", "RATIO", "AIM"));
    for (OperatorBurst.Outcome burst : hanging) {
      double without =
          bursts.stream()
              .filter(plain -> plain.size() == burst.size())
              .mapToDouble(OperatorBurst.Outcome::connected)
              .average()
              .orElse(Double.NaN);
      table.add(
          List.of(
              "" + burst.size(),
              seconds(without),
              seconds(burst.connected()),
              "%.2f".formatted(burst.connected() / without),
              "under 1.20"));
    }
    return table;
  }

  private String idle() {
    TextTable table =
        new TextTable(
            List.of(
                "DATABASES",
                "AT REST",
                "REQUESTS",
                "AIM",
                "WRITES",
                "PROBES",
                "CONFIG WRITES",
                "ROLLOUTS",
                "WORKER",
                "TEMPORAL"));
    StringBuilder requests = new StringBuilder("  Requests of the worker at rest\n");
    for (OperatorIdle.Outcome rest : idle) {
      table.add(
          List.of(
              "" + rest.size(),
              "%.0f s".formatted(rest.seconds()),
              "%.2f /s".formatted(rest.requestsPerSecond()),
              "under 1 /s",
              "" + rest.requests().writes(),
              "" + rest.probes(),
              "" + rest.configWrites(),
              "" + rest.rollouts(),
              rest.worker().text(),
              rest.temporal().text()));
      requests.append("  %5d  %s%n".formatted(rest.size(), rest.requests().text()));
    }
    return table + "\n" + requests;
  }

  private TextTable queries() {
    TextTable table =
        new TextTable(
            List.of("DATABASES", "SERVERS", "ASKED", "P50", "P99", "QUERIES", "RATIO", "AIM"));
    double first = queries.get(0).load().perSecond();
    for (OperatorQueries.Outcome outcome : queries) {
      boolean baseline = outcome.equals(queries.get(0));
      table.add(
          List.of(
              "" + outcome.size(),
              "" + outcome.servers(),
              "" + outcome.asked(),
              "%.1f ms".formatted(outcome.load().latencies().millis(0.5)),
              "%.1f ms".formatted(outcome.load().latencies().millis(0.99)),
              "%.0f /s".formatted(outcome.load().perSecond()),
              "%.2f".formatted(outcome.load().perSecond() / first),
              baseline ? "" : "at least 0.7"));
    }
    return table;
  }

  private static String seconds(double seconds) {
    return "%.2f s".formatted(seconds);
  }
}
