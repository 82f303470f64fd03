package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.engine.TemporalServer;
import io.tas.dbhub.worker.config.TemporalFactory;
import io.tas.dbhub.workflows.health.MonitorDatabaseHealthImpl;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Workflows that look after something for ever, on a Temporal server and a worker of their own. */
final class Watching implements AutoCloseable {
  private static final String TIMERS = "bench-timers";

  /** Whose histories are looked at. */
  private static final int SAMPLE = 50;

  private final TemporalServer server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final WorkerFactory workers;
  private final Duration interval;
  private final int workflows;
  private final Map<String, LongAdder> rounds = new ConcurrentHashMap<>();

  /**
   * What was measured.
   *
   * @param perSecond rounds of all workflows
   * @param events that a round writes into the history
   * @param bytes likewise
   */
  record Rate(double perSecond, double events, double bytes) {}

  /** A history as it is at one moment. */
  private record History(String run, long events, long bytes, long rounds) {}

  /**
   * @param tookMillis what a probe is said to have taken: what monitors choose their way by
   */
  Watching(
      Program.Installed program,
      Path directory,
      int workflows,
      Duration interval,
      long tookMillis) {
    this.workflows = workflows;
    this.interval = interval;
    Ports ports = new Ports();
    TemporalServer.Settings settings =
        new TemporalServer.Settings(directory, ports.free(), ports.free());
    this.server = TemporalServer.start(program, settings);
    TemporalFactory temporal = new TemporalFactory();
    temporal.target = server.target();
    this.stubs = temporal.connect();
    this.client = temporal.client(stubs);
    this.workers = WorkerFactory.newInstance(client);
    worker(TIMERS)
        .registerWorkflowImplementationFactory(
            TimerLoop.class, () -> new TimerLoop.Impl(this::round));
    Monitored activities = new Monitored(interval, tookMillis, this::round);
    Worker monitors = worker(TaskQueues.WORKFLOWS);
    monitors.registerWorkflowImplementationTypes(MonitorDatabaseHealthImpl.class);
    monitors.registerActivitiesImplementations(activities);
    for (String queue : Set.of(TaskQueues.JDBC, TaskQueues.INVENTORY, TaskQueues.KUBERNETES)) {
      worker(queue).registerActivitiesImplementations(activities);
    }
    workers.start();
  }

  private Worker worker(String queue) {
    return workers.newWorker(
        queue,
        WorkerOptions.newBuilder()
            .setMaxConcurrentWorkflowTaskPollers(10)
            .setMaxConcurrentActivityTaskPollers(10)
            .build());
  }

  private void round(String name) {
    rounds.computeIfAbsent(name, first -> new LongAdder()).increment();
  }

  /** The baseline. */
  void startTimers() {
    IntStream.range(0, workflows)
        .parallel()
        .forEach(
            i ->
                client
                    .newUntypedWorkflowStub(TimerLoop.class.getSimpleName(), options(TIMERS, i))
                    .start(interval.toMillis()));
  }

  void startMonitors() {
    IntStream.range(0, workflows)
        .parallel()
        .forEach(
            i ->
                client
                    .newUntypedWorkflowStub(
                        MonitorDatabaseHealth.NAME, options(TaskQueues.WORKFLOWS, i))
                    .start(
                        MonitorRequest.managed(
                            new ResourceRef("bench", name(i)),
                            new DatabaseRef(name(i), new Scope("bench", "bench")))));
  }

  private static WorkflowOptions options(String queue, int number) {
    return WorkflowOptions.newBuilder().setWorkflowId(name(number)).setTaskQueue(queue).build();
  }

  private static String name(int number) {
    return "watch-" + number;
  }

  Rate measure(Duration warmUp, Duration time) {
    OperatorSystem.pause(warmUp);
    Map<String, History> before = histories();
    long begun = total();
    long begin = System.nanoTime();
    OperatorSystem.pause(time);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double perSecond = (total() - begun) / seconds;
    Map<String, History> after = histories();
    // Of those that did not begin anew meanwhile.
    Set<String> same =
        before.keySet().stream()
            .filter(name -> of(before, name).run().equals(of(after, name).run()))
            .collect(Collectors.toSet());
    double made =
        same.stream().mapToLong(n -> of(after, n).rounds() - of(before, n).rounds()).sum();
    return new Rate(
        perSecond,
        same.stream().mapToLong(n -> of(after, n).events() - of(before, n).events()).sum() / made,
        same.stream().mapToLong(n -> of(after, n).bytes() - of(before, n).bytes()).sum() / made);
  }

  private static History of(Map<String, History> histories, String name) {
    History history = histories.get(name);
    if (history == null) {
      throw new EngineException(name + " was not looked at");
    }
    return history;
  }

  private long total() {
    return rounds.values().stream().mapToLong(LongAdder::sum).sum();
  }

  private Map<String, History> histories() {
    Map<String, History> found = new HashMap<>();
    for (int i = 0; i < Math.min(SAMPLE, workflows); i++) {
      WorkflowExecutionInfo info =
          client.newUntypedWorkflowStub(name(i)).describe().getWorkflowExecutionInfo();
      LongAdder made = rounds.getOrDefault(name(i), new LongAdder());
      found.put(
          name(i),
          new History(
              info.getExecution().getRunId(),
              info.getHistoryLength(),
              info.getHistorySizeBytes(),
              made.sum()));
    }
    return found;
  }

  @Override
  public void close() {
    workers.shutdown();
    workers.awaitTermination(5, TimeUnit.SECONDS);
    workers.shutdownNow();
    workers.awaitTermination(5, TimeUnit.SECONDS);
    stubs.shutdownNow();
    server.close();
  }
}
