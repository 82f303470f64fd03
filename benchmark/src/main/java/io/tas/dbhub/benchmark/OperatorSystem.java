package io.tas.dbhub.benchmark;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.engine.ChildProcess;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.KubernetesServer;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Waiting;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What is measured of the whole system, and how one sees what it has come to. */
final class OperatorSystem implements AutoCloseable {
  static final String NAMESPACE = ClusterEngine.NAMESPACE;

  private static final String MONITORS =
      "ExecutionStatus = 'Running' AND WorkflowType = '" + MonitorDatabaseHealth.NAME + "'";
  private static final Duration LEAVING = Duration.ofMinutes(5);
  private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(2);

  private final LocalSystem system;
  private final KubernetesServer server;
  private final Fleet fleet;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient temporal;
  private final ApiLog requests;

  OperatorSystem(LocalSystem system, OperatorTargets targets, int creators) {
    this.system = system;
    if (!(system.cluster().server() instanceof KubernetesServer real)) {
      throw new EngineException("The operator is measured on the real Kubernetes API server");
    }
    this.server = real;
    this.fleet = new Fleet(system.kubernetes(), targets, creators);
    this.requests = new ApiLog(real.auditLog(), ClusterEngine.WORKER.name());
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(system.temporal().target()).build());
    this.temporal = WorkflowClient.newInstance(stubs);
  }

  KubernetesClient kubernetes() {
    return system.kubernetes();
  }

  Fleet fleet() {
    return fleet;
  }

  /** Those of the worker. */
  ApiLog requests() {
    return requests;
  }

  ProcessCost workerCost() {
    return new ProcessCost(List.of(system.worker().pid()));
  }

  ProcessCost temporalCost() {
    return new ProcessCost(
        system.temporal().process().map(ChildProcess::pid).map(List::of).orElse(List.of()));
  }

  ProcessCost kubernetesCost() {
    return new ProcessCost(server.processes().stream().map(ChildProcess::pid).toList());
  }

  /** Running ones; what Temporal tells lags behind a little. */
  long monitors() {
    return temporal.countWorkflows(MONITORS).getCount();
  }

  /** The instance as it is now; null when there is none. */
  @Nullable GenericKubernetesResource instance(String name) {
    return fleet.instances().inNamespace(NAMESPACE).withName(name).get();
  }

  /** How many databases the instance says that it serves; 0 while its servers do not all run. */
  int served(String name) {
    GenericKubernetesResource instance = instance(name);
    if (instance == null || !"Running".equals(instance.<String>get("status", "phase"))) {
      return 0;
    }
    Integer count = instance.get("status", "databaseCount");
    return count == null ? 0 : count;
  }

  /** Until the last event is told: they come later than what they tell of. */
  void awaitEvents() {
    AtomicLong begin = new AtomicLong(requests.end());
    Waiting.until(
        "the last event",
        LEAVING,
        () -> {
          pause(BETWEEN_EVENTS);
          return requests.since(begin.getAndSet(requests.end())).byVerb();
        },
        seen -> !seen.containsKey("create events"));
  }

  /** For what is measured over a time, or is over when nothing happens for one. */
  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while measuring", e);
    }
  }

  /** Takes everything of a run away, and waits until it is gone. */
  void clear() {
    fleet.delete(NAMESPACE);
    Waiting.until("the end of every monitor", LEAVING, this::monitors, left -> left == 0);
    Waiting.until(
        "the end of every server",
        LEAVING,
        () ->
            kubernetes()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withLabel(Kubernetes.INSTANCE)
                .list()
                .getItems()
                .size(),
        left -> left == 0);
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
