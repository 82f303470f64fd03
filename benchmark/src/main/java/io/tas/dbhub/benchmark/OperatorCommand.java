package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Pods;
import io.tas.dbhub.dev.system.Steps;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast, and at what cost, the operator serves many Databases that are made at once. */
@Command(
    name = "operator",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes many Databases at once on the real Kubernetes API server, by hand, each with its"
          + " Secret, and watches what the operator makes of them; then lets it rest.",
      "Aims: all Connected within 2 s (50), 5 s (200) and 20 s (1,000); at most 5 config writes and"
          + " rollouts per server; at rest under 1 request a second and no rollout; a tenth that"
          + " hangs delays the others by less than a fifth; at 1,000 databases at least 0.7 of the"
          + " queries at 10."
    })
final class OperatorCommand implements Callable<Integer> {
  /** What can be measured by itself. */
  enum Part {
    BURST,
    IDLE,
    HANGING,
    QUERIES
  }

  private static final int WARM_UP = 1000;
  private static final int FEWEST_HANGING = 10;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "N",
      description = "How many Databases at once (default: ${DEFAULT-VALUE}).")
  private List<Integer> sizes = List.of(1, 50, 200, 1000);

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "PART",
      description = "What to measure: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Part> parts = Set.of(Part.values());

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each size is measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 1;

  @Option(
      names = "--per-server",
      paramLabel = "N",
      description = "maxSourcesPerServer of the instance (default: ${DEFAULT-VALUE}).")
  private int perServer = 50;

  @Option(
      names = "--creators",
      paramLabel = "N",
      description = "Objects made at a time (default: ${DEFAULT-VALUE}).")
  private int creators = 8;

  @Option(
      names = "--idle-seconds",
      paramLabel = "N",
      description = "How long it rests (default: ${DEFAULT-VALUE}).")
  private int idleSeconds = 180;

  @Option(
      names = "--query-sizes",
      split = ",",
      paramLabel = "N",
      description = "With how many databases queries are sent (default: ${DEFAULT-VALUE}).")
  private List<Integer> querySizes = List.of(10, 1000);

  @Option(
      names = "--query-seconds",
      paramLabel = "N",
      description = "How long each turn (default: ${DEFAULT-VALUE}).")
  private int querySeconds = 10;

  @Option(
      names = "--turns",
      paramLabel = "N",
      description = "How often each is asked (default: ${DEFAULT-VALUE}).")
  private int turns = 6;

  @Option(
      names = "--asked",
      paramLabel = "N",
      description = "How many of the databases are asked at most (default: ${DEFAULT-VALUE}).")
  private int asked = 100;

  @Option(
      names = "--callers",
      paramLabel = "N",
      description = "Queries at a time (default: ${DEFAULT-VALUE}).")
  private int callers = 16;

  private final Steps steps = new Steps(System.out);
  private final OperatorReport report = new OperatorReport();

  @Override
  public Integer call() throws IOException {
    try (TemporarySystem temporary = TemporarySystem.startMeasured(steps)) {
      LocalSystem local = temporary.system();
      OperatorTargets targets = new OperatorTargets(local.postgres(new Ports().free()));
      try (OperatorSystem system = new OperatorSystem(local, targets, creators)) {
        // The control plane's own instance has nothing to serve here.
        system
            .fleet()
            .instances()
            .inNamespace(OperatorSystem.NAMESPACE)
            .withName(ClusterEngine.INSTANCE)
            .delete();
        try (ReadyPods ready = new ReadyPods(local.kubernetes(), OperatorSystem.NAMESPACE);
            Hanging hanging = new Hanging()) {
          measureBursts(system, targets, hanging);
        }
        if (parts.contains(Part.QUERIES)) {
          measureQueries(local, system);
        }
      }
    }
    System.out.println();
    System.out.println(report.text());
    return 0;
  }

  private void measureBursts(OperatorSystem system, OperatorTargets targets, Hanging hanging) {
    if (!parts.contains(Part.BURST)
        && !parts.contains(Part.IDLE)
        && !parts.contains(Part.HANGING)) {
      return;
    }
    steps.say("warm-up", "not measured");
    try (OperatorBurst burst = new OperatorBurst(system, steps, WARM_UP, perServer)) {
      burst.warmUp();
    }
    for (int round = 1; round <= rounds; round++) {
      for (int size : sizes) {
        steps.say("measuring", "%d, round %d of %d".formatted(size, round, rounds));
        try (OperatorBurst burst = new OperatorBurst(system, steps, size, perServer)) {
          report.add(burst.run(0));
          if (parts.contains(Part.IDLE) && round == 1) {
            steps.say("resting", idleSeconds + " s");
            report.add(
                OperatorIdle.measure(
                    system, burst, targets, size, Duration.ofSeconds(idleSeconds)));
          }
        }
        if (parts.contains(Part.HANGING) && size >= FEWEST_HANGING) {
          try (OperatorBurst burst = new OperatorBurst(system, steps, size, perServer)) {
            report.addHanging(burst.run(hanging.port()));
          }
        }
      }
    }
  }

  private void measureQueries(LocalSystem local, OperatorSystem system) throws IOException {
    KeyRing keys = KeyRing.load(local.directory().resolve("keys"));
    OperatorQueries queries =
        new OperatorQueries(
            system,
            instance -> keys.dbhubToken(OperatorSystem.NAMESPACE, instance),
            new OperatorQueries.Settings(
                perServer, asked, callers, turns, Duration.ofSeconds(querySeconds)),
            steps);
    try (Pods pods =
        Pods.run(
            local.kubernetes(),
            Programs.standard(System.out).dbhub().orThrow(),
            local.directory().resolve("node"),
            new Ports().free())) {
      report.addQueries(queries.measure(querySizes));
    }
  }
}
