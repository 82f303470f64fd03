package io.tas.dbhub.benchmark;

import io.tas.dbhub.benchmark.Imports.Import;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Samples;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.SystemSettings.Kubernetes;
import io.tas.dbhub.dev.system.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast a batch makes connections, beside callers who make them one by one. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Imports connections to a SQLite file as a batch, and makes as many through REST with as many"
          + " callers as the batch has rows at a time, by turns; each until all are Connected.",
      "Aims: 0.8 of the callers' throughput; progress that is never more than 2 s behind."
    })
final class BatchCommand implements Callable<Integer> {
  private static final double AIM = 0.8;
  private static final int STALE_AT_MOST = 2;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "How many connections each time (default: ${DEFAULT-VALUE}).")
  private int rows = 1_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 2;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Rows, and callers, at a time (default: ${DEFAULT-VALUE}).")
  private int parallel = 16;

  /**
   * @param imported until all of the batch were Connected; seconds
   * @param called the same, of the callers
   */
  private record Round(Import batch, double imported, double called) {}

  @Override
  public Integer call() {
    Steps steps = new Steps(System.out);
    try (TemporarySystem temporary = TemporarySystem.start(Kubernetes.IN_MEMORY, steps)) {
      LocalSystem system = temporary.system();
      ProvisionCommand.stopServing(system.kubernetes());
      ApiClient api = system.api(system.token());
      Samples.Sample sample = Samples.library(system.sqliteDirectory().resolve(LocalSystem.TENANT));
      Imports imports = new Imports(api, sample);
      Provisionings provisionings = new Provisionings(api, sample);
      steps.say("warm-up", "not measured");
      round(imports, provisionings, Math.min(rows, 200));
      List<Round> all = new ArrayList<>();
      for (int i = 1; i <= rounds; i++) {
        Round round = round(imports, provisionings, rows);
        all.add(round);
        steps.say(
            "round %d of %d".formatted(i, rounds),
            "batch %.1f /s, callers %.1f /s"
                .formatted(rows / round.imported(), rows / round.called()));
      }
      System.out.println();
      System.out.println(table(all));
    }
    return 0;
  }

  private Round round(Imports imports, Provisionings provisionings, int count) {
    long begin = System.nanoTime();
    Import batch = imports.run(count, parallel);
    provisionings.awaitProbed();
    double imported = (System.nanoTime() - begin) / 1e9;
    begin = System.nanoTime();
    Load.run(parallel, count, provisionings::run);
    provisionings.awaitProbed();
    return new Round(batch, imported, (System.nanoTime() - begin) / 1e9);
  }

  private TextTable table(List<Round> all) {
    double imported = all.stream().mapToDouble(Round::imported).sum();
    double called = all.stream().mapToDouble(Round::called).sum();
    double loading = all.stream().mapToDouble(round -> round.batch().loading()).sum();
    double stale = all.stream().mapToDouble(round -> round.batch().stale()).max().orElseThrow();
    int count = rows * all.size();
    TextTable table = new TextTable(List.of("", "CALLERS", "BATCH", "RATIO", "AIM"));
    table.add(
        List.of(
            "until all are Connected",
            "%.1f /s".formatted(count / called),
            "%.1f /s".formatted(count / imported),
            "%.2f".formatted(called / imported),
            "at least " + AIM));
    table.add(
        List.of("of that, taking the file", "", "%.2f s".formatted(loading / all.size()), "", ""));
    table.add(
        List.of(
            "progress behind, at most",
            "",
            "%.2f s".formatted(stale),
            "",
            "at most %d s".formatted(STALE_AT_MOST)));
    return table;
  }
}
