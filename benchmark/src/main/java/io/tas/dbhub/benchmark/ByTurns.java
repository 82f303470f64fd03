package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.system.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures baseline and real thing by turns, so that what the machine does otherwise hits both. */
final class ByTurns {
  private static final int PROGRESS = 25;

  private final NoOps noOps;
  private final Provisionings provisionings;
  private final Steps steps;

  /**
   * @param late how many of the real calls were answered before the connection existed
   * @param probed as real, but timed until the last connection has been probed
   */
  record Outcome(Load.Result noOp, Load.Result real, int late, Load.Result probed) {}

  ByTurns(NoOps noOps, Provisionings provisionings, Steps steps) {
    this.noOps = noOps;
    this.provisionings = provisionings;
    this.steps = steps;
  }

  /**
   * One call after the other, each begun when nothing is left to do of the one before.
   *
   * @param pairs how often each is measured
   */
  Outcome measureAlone(int pairs) {
    List<Long> noOp = new ArrayList<>();
    List<Long> real = new ArrayList<>();
    provisionings.late();
    for (int pair = 1; pair <= pairs; pair++) {
      noOp.add(Load.timed(noOps::run));
      real.add(Load.timed(provisionings::run));
      provisionings.awaitProbed();
      if (pair % PROGRESS == 0) {
        steps.say(
            "alone",
            "%d of %d: no-op %.1f ms, POST to 201 %.1f ms"
                .formatted(
                    pair, pairs, new Latencies(noOp).millis(0.5), new Latencies(real).millis(0.5)));
      }
    }
    return new Outcome(alone(noOp), alone(real), provisionings.late(), Load.Result.NONE);
  }

  private static Load.Result alone(List<Long> nanos) {
    return new Load.Result(
        new Latencies(nanos), nanos.stream().mapToLong(Long::longValue).sum() / 1e9, 0);
  }

  /**
   * Calls as fast as the callers can.
   *
   * @param name for the progress
   * @param rounds how often each is measured
   * @param time how long each time
   */
  Outcome measure(String name, int callers, int rounds, Duration time) {
    Load.Result noOp = Load.Result.NONE;
    Load.Result real = Load.Result.NONE;
    Load.Result probed = Load.Result.NONE;
    provisionings.late();
    for (int round = 1; round <= rounds; round++) {
      Load.Result baseline = Load.run(callers, time, noOps::run);
      double processors = Processors.seconds();
      long begin = System.nanoTime();
      Load.Result made = Load.run(callers, time, provisionings::run);
      provisionings.awaitProbed();
      noOp = noOp.and(baseline);
      real = real.and(made);
      probed =
          probed.and(
              new Load.Result(
                  made.latencies(),
                  (System.nanoTime() - begin) / 1e9,
                  Processors.seconds() - processors));
      steps.say(
          name,
          "round %d of %d: no-op %.1f ms, %.1f /s; POST to 201 %.1f ms, %.1f /s"
              .formatted(
                  round,
                  rounds,
                  baseline.latencies().millis(0.5),
                  baseline.perSecond(),
                  made.latencies().millis(0.5),
                  made.perSecond()));
    }
    return new Outcome(noOp, real, provisionings.late(), probed);
  }
}
