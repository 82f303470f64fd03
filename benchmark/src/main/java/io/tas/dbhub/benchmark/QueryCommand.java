package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.TextTable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a query costs beside one that goes straight to DBHub. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Asks one query for ten rows straight of DBHub, through REST and through /mcp, by turns, with"
          + " one client and with many; then exports a table.",
      "Aims: p50 at most 1 ms over DBHub's, throughput at least 0.7 of DBHub's, and an export within"
          + " 64 MB of heap."
    })
final class QueryCommand implements Callable<Integer> {
  private static final String BASELINE = "DBHub";

  @Option(
      names = "--callers",
      paramLabel = "N",
      description = "How many ask at once, after one did alone (default: ${DEFAULT-VALUE}).")
  private int callers = 16;

  @Option(
      names = "--turns",
      paramLabel = "N",
      description = "How often each way is measured (default: ${DEFAULT-VALUE}).")
  private int turns = 4;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long a turn takes (default: ${DEFAULT-VALUE}).")
  private int seconds = 8;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Queries of each way that are not measured: JVMs compile what runs often (default:"
              + " ${DEFAULT-VALUE}).")
  private int warmUp = 20_000;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "How many rows are exported, 100,000 at most (default: ${DEFAULT-VALUE}).")
  private int rows = 100_000;

  @Override
  public Integer call() {
    Steps steps = new Steps(System.out);
    try (TemporarySystem temporary = TemporarySystem.startServing(steps)) {
      Readings target = Readings.in(temporary.system(), rows, steps);
      QueryWays ways = new QueryWays(temporary.system(), target, callers);
      Map<String, Runnable> all = new LinkedHashMap<>();
      all.put(BASELINE, ways::dbhub);
      all.put("REST", ways::rest);
      all.put("/mcp", ways::mcp);
      warmUp(all, steps);
      TextTable table =
          new TextTable(
              List.of(
                  "", "P50", "OVER DBHUB", "P99", "QUERIES/S", "RATIO", "PROCESSOR", "MEASURED"));
      for (int clients : List.of(1, callers)) {
        report(measure(all, clients, turns, seconds, steps), clients, table);
      }
      Exports exports = new Exports(temporary.system(), target, rows);
      TextTable exported = exports(exports, steps);
      System.out.println();
      System.out.println(table);
      System.out.println(exported);
    }
    return 0;
  }

  private void warmUp(Map<String, Runnable> ways, Steps steps) {
    ways.forEach(
        (name, way) -> {
          int asked = 0;
          while (asked < warmUp) {
            Load.Result result = Load.run(callers, Duration.ofSeconds(seconds), way);
            asked += result.latencies().count();
            steps.say(name, "warming up: %.0f /s".formatted(result.perSecond()));
          }
        });
  }

  private static Map<String, Load.Result> measure(
      Map<String, Runnable> ways, int clients, int turns, int seconds, Steps steps) {
    Map<String, Load.Result> results = new LinkedHashMap<>();
    for (int turn = 1; turn <= turns; turn++) {
      for (Map.Entry<String, Runnable> way : ways.entrySet()) {
        Load.Result result = Load.run(clients, Duration.ofSeconds(seconds), way.getValue());
        results.merge(way.getKey(), result, Load.Result::and);
        steps.say(
            way.getKey(),
            "%d clients, turn %d of %d: p50 %.2f ms, %.0f /s"
                .formatted(
                    clients, turn, turns, result.latencies().millis(0.5), result.perSecond()));
      }
    }
    return results;
  }

  private static void report(Map<String, Load.Result> results, int clients, TextTable table) {
    Load.Result baseline = Objects.requireNonNull(results.get(BASELINE));
    results.forEach(
        (way, result) ->
            table.add(
                List.of(
                    "%s, %d at once".formatted(way, clients),
                    "%.2f ms".formatted(result.latencies().millis(0.5)),
                    "%+.2f ms"
                        .formatted(
                            result.latencies().millis(0.5) - baseline.latencies().millis(0.5)),
                    "%.2f ms".formatted(result.latencies().millis(0.99)),
                    "%.0f".formatted(result.perSecond()),
                    "%.2f".formatted(result.perSecond() / baseline.perSecond()),
                    "%.2f ms".formatted(result.processorMillis()),
                    String.valueOf(result.latencies().count()))));
  }

  private TextTable exports(Exports exports, Steps steps) {
    double[] exported = new double[turns];
    double[] read = new double[turns];
    for (int turn = 0; turn < turns; turn++) {
      read[turn] = exports.read();
      exported[turn] = exports.exported();
      steps.say(
          "export",
          "%,d rows: %.2f s, straight %.2f s".formatted(rows, exported[turn], read[turn]));
    }
    TextTable table =
        new TextTable(List.of("EXPORT OF " + "%,d ROWS".formatted(rows), "", "AIM", "MEASURED"));
    table.add(
        List.of("best time as CSV", "%.2f s".formatted(best(exported)), "", turns + " exports"));
    table.add(
        List.of(
            "the same straight over JDBC", "%.2f s".formatted(best(read)), "", turns + " reads"));
    table.add(List.of("ratio", "%.2f".formatted(best(exported) / best(read)), "", ""));
    for (String format : List.of("csv", "xlsx")) {
      Exports.Heaps heaps = Exports.Heaps.NONE;
      for (int turn = 0; turn < turns; turn++) {
        heaps = heaps.and(exports.heaps(format));
      }
      table.add(
          List.of(
              "live heap more as " + format,
              "API %.1f MB, worker %.1f MB".formatted(heaps.api(), heaps.worker()),
              "at most 64 MB",
              heaps.looks() + " looks"));
    }
    return table;
  }

  private static double best(double... seconds) {
    return DoubleStream.of(seconds).min().orElseThrow();
  }
}
