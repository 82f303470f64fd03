package io.tas.dbhub.benchmark;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Samples;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.SystemSettings.Kubernetes;
import io.tas.dbhub.dev.system.TextTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much slower a connection is made than three activities that do nothing are run. */
@Command(
    name = "provision",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes connections through REST, and runs a workflow of three no-op activities on the same"
          + " Temporal server, by turns.",
      "Aims: POST to 201 takes at most 1.5 times as long as the no-op from start to result"
          + " (medians); with 16 callers at least 0.6 times as many a second are made."
    })
final class ProvisionCommand implements Callable<Integer> {
  private static final double SLOWER_AT_MOST = 1.5;
  private static final double THROUGHPUT_AT_LEAST = 0.6;

  @Option(names = "--real-kubernetes", description = "On the real Kubernetes API server.")
  private boolean realKubernetes;

  @Option(
      names = "--serve",
      description = "Let DBHub serve the connections while they are made, on this same machine.")
  private boolean serve;

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "How many of each, one after the other (default: ${DEFAULT-VALUE}).")
  private int calls = 100;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each throughput is measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 6;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long each time (default: ${DEFAULT-VALUE}).")
  private int seconds = 4;

  @Option(
      names = "--callers",
      paramLabel = "N",
      description = "Callers at once, for the throughput (default: ${DEFAULT-VALUE}).")
  private int callers = 16;

  @Override
  public Integer call() {
    Steps steps = new Steps(System.out);
    Kubernetes kind = realKubernetes ? Kubernetes.REAL : Kubernetes.IN_MEMORY;
    try (TemporarySystem temporary = TemporarySystem.start(kind, steps)) {
      LocalSystem system = temporary.system();
      if (!serve) {
        stopServing(system.kubernetes());
      }
      try (NoOps noOps = new NoOps(system.temporal().target())) {
        Provisionings provisionings =
            new Provisionings(
                system.api(system.token()),
                Samples.library(system.sqliteDirectory().resolve(LocalSystem.TENANT)));
        ByTurns byTurns = new ByTurns(noOps, provisionings, steps);
        steps.say("warm-up", "not measured");
        byTurns.measure("warm-up", 1, 1, Duration.ofSeconds(seconds));
        byTurns.measure("warm-up", callers, 2, Duration.ofSeconds(seconds));
        steps.say("measuring", "one after the other");
        ByTurns.Outcome alone = byTurns.measureAlone(calls);
        steps.say("measuring", "one caller without a pause");
        ByTurns.Outcome one = byTurns.measure("1 caller", 1, 2, Duration.ofSeconds(seconds));
        steps.say("measuring", callers + " callers");
        ByTurns.Outcome many =
            byTurns.measure(callers + " callers", callers, rounds, Duration.ofSeconds(seconds));
        System.out.println();
        System.out.println(table(alone, one, many));
        int late = alone.late() + one.late() + many.late();
        if (late > 0) {
          System.out.printf("  Answered 202, not 201: %d%n%n", late);
        }
      }
    }
    return 0;
  }

  /** The server of DBHub would compete for the processors: elsewhere it runs on other machines. */
  static void stopServing(KubernetesClient kubernetes) {
    kubernetes
        .genericKubernetesResources("dbhub.tas.io/v1alpha1", "DBHubInstance")
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(ClusterEngine.INSTANCE)
        .delete();
  }

  private TextTable table(ByTurns.Outcome alone, ByTurns.Outcome one, ByTurns.Outcome many) {
    TextTable table =
        new TextTable(List.of("", "NO-OP", "POST TO 201", "RATIO", "AIM", "MEASURED"));
    table.add(latency("p50, one after the other", 0.5, alone, "at most " + SLOWER_AT_MOST));
    table.add(latency("p99, one after the other", 0.99, alone, ""));
    table.add(latency("p50, without a pause", 0.5, one, ""));
    table.add(
        List.of(
            "throughput, " + callers + " callers",
            "%.1f /s".formatted(many.noOp().perSecond()),
            "%.1f /s".formatted(many.real().perSecond()),
            "%.2f".formatted(many.real().perSecond() / many.noOp().perSecond()),
            "at least " + THROUGHPUT_AT_LEAST,
            many.noOp().latencies().count() + " and " + many.real().latencies().count()));
    table.add(
        List.of(
            "the same, until probed",
            "",
            "%.1f /s".formatted(many.probed().perSecond()),
            "%.2f".formatted(many.probed().perSecond() / many.noOp().perSecond()),
            "",
            ""));
    table.add(
        List.of(
            "processor time, until probed",
            "%.0f ms".formatted(many.noOp().processorMillis()),
            "%.0f ms".formatted(many.probed().processorMillis()),
            "%.2f".formatted(many.probed().processorMillis() / many.noOp().processorMillis()),
            "",
            ""));
    return table;
  }

  private static List<String> latency(
      String what, double share, ByTurns.Outcome outcome, String aim) {
    Latencies noOp = outcome.noOp().latencies();
    Latencies real = outcome.real().latencies();
    return List.of(
        what,
        "%.1f ms".formatted(noOp.millis(share)),
        "%.1f ms".formatted(real.millis(share)),
        "%.2f".formatted(real.millis(share) / noOp.millis(share)),
        aim,
        noOp.count() + " and " + real.count());
  }
}
