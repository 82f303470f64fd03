package io.tas.dbhub.benchmark;

import io.tas.dbhub.activities.jdbc.schema.SchemaReader;
import io.tas.dbhub.activities.jdbc.schema.SchemaReaderSettings;
import io.tas.dbhub.benchmark.SchemaWays.Taken;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What taking in a large schema costs beside SQLAlchemy. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes many tables in PostgreSQL and in SQLite, and syncs their schemas into Neo4j, by turns with"
          + " SQLAlchemy's MetaData.reflect().",
      "Aims: a first sync four times as fast as SQLAlchemy and within 30 s, one without changes"
          + " within 3 s, and 256 MB of heap."
    })
final class SchemaCommand implements Callable<Integer> {
  private static final String BASELINE = "SQLAlchemy";
  private static final double AIM = 4;
  private static final int AIM_MEGABYTES = 256;

  @Option(
      names = "--tables",
      paramLabel = "N",
      description = "How many tables, of ten columns each (default: ${DEFAULT-VALUE}).")
  private int tables = 10_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each way is measured, SQLAlchemy once (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Override
  public Integer call() throws IOException {
    Steps steps = new Steps(System.out);
    Programs programs = Programs.standard(System.out);
    Path directory = Files.createTempDirectory("dbhub-bench");
    Thread onExit = new Thread(() -> TemporarySystem.delete(directory), "remove");
    Runtime.getRuntime().addShutdownHook(onExit);
    try (SchemaTargets targets = new SchemaTargets(directory, tables, programs, steps)) {
      SchemaReader reader =
          new SchemaReader(targets.prober().connector(), SchemaReaderSettings.defaults());
      SchemaWays ways = new SchemaWays(reader, programs.sqlalchemy().orThrow());
      steps.say("neo4j", "starting");
      try (SchemaSyncs syncs = new SchemaSyncs(targets, reader)) {
        List<Way> all =
            List.of(
                new Way("first sync", syncs::first, "at most 30 s, at least " + AIM),
                new Way("unchanged", syncs::unchanged, "at most 3 s"),
                new Way("one changed", syncs::changed, ""),
                new Way("read alone", ways::read, ""),
                new Way(BASELINE, ways::reflect, ""));
        TextTable table =
            new TextTable(
                List.of("", "TABLES", "COLUMNS", "STATEMENTS", "FIRST", "BEST", "FASTER", "AIM"));
        for (SchemaTargets.One target : targets.all()) {
          report(target.name(), measure(target, all, steps), table);
        }
        TextTable heaps = new TextTable(List.of("", "LIVE HEAP", "AIM", "MEASURED"));
        for (SchemaTargets.One target : targets.all()) {
          heap(target.name() + ", first sync", () -> syncs.first(target), heaps);
          heap(target.name() + ", unchanged", () -> syncs.unchanged(target), heaps);
        }
        System.out.println();
        System.out.println(table);
        System.out.println(heaps);
      }
    }
    return 0;
  }

  /**
   * One way of taking a schema in.
   *
   * @param aim empty for none
   */
  private record Way(String name, Function<SchemaTargets.One, Taken> takes, String aim) {}

  private Map<Way, List<Taken>> measure(SchemaTargets.One target, List<Way> ways, Steps steps) {
    Map<Way, List<Taken>> results = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Way way : ways) {
        if (round > 1 && way.name().equals(BASELINE)) {
          // It takes minutes of a SQLite file.
          continue;
        }
        Taken taken = way.takes().apply(target);
        results.computeIfAbsent(way, name -> new ArrayList<>()).add(taken);
        steps.say(
            target.name(),
            "%s, round %d of %d: %.2f s".formatted(way.name(), round, rounds, taken.seconds()));
      }
    }
    return results;
  }

  private static void report(String target, Map<Way, List<Taken>> results, TextTable table) {
    double baseline =
        results.entrySet().stream()
            .filter(result -> result.getKey().name().equals(BASELINE))
            .mapToDouble(result -> best(result.getValue()))
            .findFirst()
            .orElseThrow();
    results.forEach(
        (way, taken) ->
            table.add(
                List.of(
                    target + ", " + way.name(),
                    String.valueOf(taken.get(0).tables()),
                    String.valueOf(taken.get(0).columns()),
                    String.valueOf(taken.get(0).statements()),
                    "%.2f s".formatted(taken.get(0).seconds()),
                    "%.2f s".formatted(best(taken)),
                    "%.1f".formatted(baseline / best(taken)),
                    way.aim())));
  }

  private static double best(List<Taken> taken) {
    return taken.stream().mapToDouble(Taken::seconds).min().orElseThrow();
  }

  /** Apart from the rest: looking at the heap takes time. */
  private static void heap(String what, Runnable takes, TextTable table) {
    try (LiveHeap heap = LiveHeap.own()) {
      AtomicBoolean over = new AtomicBoolean();
      int[] looks = new int[1];
      Thread looking =
          new Thread(
              () -> {
                while (!over.get()) {
                  heap.look();
                  looks[0]++;
                }
              });
      looking.start();
      takes.run();
      over.set(true);
      try {
        looking.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      table.add(
          List.of(
              what,
              "%.1f MB".formatted(heap.most()),
              "at most %d MB".formatted(AIM_MEGABYTES),
              looks[0] + " looks"));
    }
  }
}
