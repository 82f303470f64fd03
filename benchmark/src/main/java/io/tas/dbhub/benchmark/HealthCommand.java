package io.tas.dbhub.benchmark;

import io.tas.dbhub.benchmark.Watching.Rate;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What looking after many databases costs Temporal. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds the shortest interval at which many monitors check their databases and none is late,"
          + " and the same of workflows that only sleep, each on a Temporal server of its own. The"
          + " databases answer at once, without being asked.",
      "Aim: 0.8 of the rounds of workflows that only sleep."
    })
final class HealthCommand implements Callable<Integer> {
  private static final double AIM = 0.8;

  @Option(
      names = "--monitors",
      paramLabel = "N",
      description = "How many databases (default: ${DEFAULT-VALUE}).")
  private int monitors = 5_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "How long the machine is given more than it can do, to see what it can (default:"
              + " ${DEFAULT-VALUE}).")
  private int seconds = 40;

  /** Shorter than any machine can. */
  private static final Duration TOO_SHORT = Duration.ofSeconds(2);

  /** Of what the machine can do at most: more, and rounds begin to come late. */
  private static final double LOAD = 0.9;

  /** Rounds come late now and then; an interval of which more are missing is not held. */
  private static final double HELD = 0.97;

  private static final double LONGER = 1.25;

  /** Milliseconds; monitors check quietly what is quick. */
  private static final long QUICK = 3;

  private static final long SLOW = 300;

  /**
   * @param tookMillis what a probe is said to have taken
   */
  private record Way(String name, Consumer<Watching> starts, long tookMillis) {}

  /**
   * @param most rounds a second when all of them are late
   */
  private record Held(double most, Duration interval, Rate rate) {}

  @Override
  public Integer call() throws IOException {
    Steps steps = new Steps(System.out);
    Program.Installed temporal = Programs.standard(System.out).temporal().orThrow();
    Path directory = Files.createTempDirectory("dbhub-bench");
    Thread onExit = new Thread(() -> TemporarySystem.delete(directory), "remove");
    Runtime.getRuntime().addShutdownHook(onExit);
    List<Way> ways =
        List.of(
            new Way("only sleeping", Watching::startTimers, QUICK),
            new Way("checks", Watching::startMonitors, QUICK),
            new Way("checks of slow ones", Watching::startMonitors, SLOW));
    TextTable table =
        new TextTable(
            List.of("", "INTERVAL HELD", "A SECOND", "RATIO", "AIM", "AT MOST", "EVENTS", "BYTES"));
    double baseline = 0;
    for (Way way : ways) {
      Held held = hold(way, temporal, directory, steps);
      boolean first = way.equals(ways.get(0));
      baseline = first ? held.rate().perSecond() : baseline;
      double ratio = held.rate().perSecond() / baseline;
      table.add(row(way.name(), held, first ? "" : "%.2f".formatted(ratio)));
    }
    System.out.println();
    System.out.printf("%,d workflows; events and bytes are of the history, a round%n%n", monitors);
    System.out.println(table);
    return 0;
  }

  /** Finds the shortest interval at which no round is late, from what the machine can at most. */
  private Held hold(Way way, Program.Installed temporal, Path directory, Steps steps) {
    Duration pause = Duration.ofSeconds(seconds);
    double most = measure(way, temporal, directory, TOO_SHORT, pause, pause, steps).perSecond();
    Duration interval = interval(most * LOAD);
    while (true) {
      // All begin at once; after two intervals they have spread.
      Rate rate =
          measure(way, temporal, directory, interval, interval.multipliedBy(2), interval, steps);
      if (rate.perSecond() >= HELD * monitors / seconds(interval)) {
        return new Held(most, interval, rate);
      }
      interval = interval(monitors / seconds(interval) / LONGER);
    }
  }

  private Duration interval(double perSecond) {
    return Duration.ofMillis(Math.round(1000 * monitors / perSecond));
  }

  private static double seconds(Duration interval) {
    return interval.toMillis() / 1000.0;
  }

  private Rate measure(
      Way way,
      Program.Installed temporal,
      Path directory,
      Duration interval,
      Duration warmUp,
      Duration time,
      Steps steps) {
    Path folder = directory.resolve(way.name().replace(' ', '-') + "-" + interval.toMillis());
    try (Watching watching = new Watching(temporal, folder, monitors, interval, way.tookMillis())) {
      way.starts().accept(watching);
      Rate rate = watching.measure(warmUp, time);
      steps.say(
          way.name(),
          "every %.1f s: %.0f a second of %.0f"
              .formatted(seconds(interval), rate.perSecond(), monitors / seconds(interval)));
      return rate;
    }
  }

  private static List<String> row(String what, Held held, String ratio) {
    return List.of(
        what,
        "%.1f s".formatted(seconds(held.interval())),
        "%.0f".formatted(held.rate().perSecond()),
        ratio,
        what.equals("checks") ? "at least " + AIM : "",
        "%.0f".formatted(held.most()),
        "%.1f".formatted(held.rate().events()),
        "%.0f".formatted(held.rate().bytes()));
  }
}
