package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.Waiting;
import java.time.Duration;

/** Many Databases at once, from the first request until all that they cause is done. */
final class OperatorBurst implements AutoCloseable {
  private static final String UNWATCHED = "bench-baseline";
  private static final Duration CONNECTED = Duration.ofMinutes(10);
  private static final Duration SETTLED = Duration.ofMinutes(5);
  private static final Duration QUIET = Duration.ofSeconds(12);

  private final OperatorSystem system;
  private final Steps steps;
  private final int size;
  private final int perServer;
  private final OperatorWatch watch;

  /**
   * Times in seconds, since the first object was begun to be made.
   *
   * @param alone how long the API server took to make as many where no operator watches
   * @param created how long it took here
   * @param half when half of those that can be were Connected
   * @param connected when all of them were
   * @param settled when every monitor ran and every database was served by what rolled out
   * @param requests of the worker until then
   */
  record Outcome(
      int size,
      int connectable,
      double alone,
      double created,
      double half,
      double connected,
      double settled,
      OperatorWatch.Writes writes,
      ApiLog.Requests requests,
      ProcessCost.Used worker,
      ProcessCost.Used temporal,
      ProcessCost.Used kubernetes) {}

  OperatorBurst(OperatorSystem system, Steps steps, int size, int perServer) {
    this.system = system;
    this.steps = steps;
    this.size = size;
    this.perServer = perServer;
    this.watch = new OperatorWatch(system.kubernetes(), system.fleet(), OperatorSystem.NAMESPACE);
  }

  /**
   * The same, not measured: on a cold machine a probe may be so slow that it is held against it.
   */
  void warmUp() {
    system.fleet().createInstance(OperatorSystem.NAMESPACE, perServer);
    system.fleet().create(OperatorSystem.NAMESPACE, size, 0);
    Waiting.until("every monitor", SETTLED, system::monitors, running -> running >= size);
    quiet();
  }

  /**
   * @param hangingPort where one of ten leads; 0: none
   */
  Outcome run(int hangingPort) {
    String name = size + (hangingPort == 0 ? "" : ", 10 % hanging");
    double alone = alone();
    system.fleet().createInstance(OperatorSystem.NAMESPACE, perServer);
    quiet();

    ProcessCost worker = system.workerCost();
    ProcessCost temporal = system.temporalCost();
    ProcessCost kubernetes = system.kubernetesCost();
    long log = system.requests().end();
    long begin = System.nanoTime();
    system.fleet().create(OperatorSystem.NAMESPACE, size, hangingPort);
    double created = seconds(begin, System.nanoTime());
    int connectable = size - (hangingPort == 0 ? 0 : (size + 9) / 10);
    Waiting.until(
        connectable + " Connected", CONNECTED, watch::connected, seen -> seen >= connectable);
    double connected = seconds(begin, watch.connectedAt(connectable));
    steps.say(name, "all Connected after %.2f s".formatted(connected));
    Waiting.until("every monitor", SETTLED, system::monitors, running -> running >= size);
    Waiting.until(
        "every server", SETTLED, () -> system.served(Fleet.INSTANCE), served -> served >= size);
    double settled = seconds(begin, System.nanoTime());
    quiet();
    steps.say(name, "settled after %.1f s".formatted(settled));
    return new Outcome(
        size,
        connectable,
        alone,
        created,
        seconds(begin, watch.connectedAt((connectable + 1) / 2)),
        connected,
        settled,
        watch.writes(),
        system.requests().since(log),
        worker.used(),
        temporal.used(),
        kubernetes.used());
  }

  OperatorWatch.Writes writes() {
    return watch.writes();
  }

  private double alone() {
    system.fleet().createNamespace(UNWATCHED);
    long begin = System.nanoTime();
    system.fleet().create(UNWATCHED, size, 0);
    double seconds = seconds(begin, System.nanoTime());
    system.fleet().delete(UNWATCHED);
    return seconds;
  }

  /** Until nothing was rendered for longer than a burst is waited for, and all of it is told. */
  private void quiet() {
    Waiting.until("a quiet moment", SETTLED, watch::quietFor, quiet -> quiet > QUIET.toNanos());
    system.awaitEvents();
  }

  private static double seconds(long begin, long end) {
    return (end - begin) / 1e9;
  }

  @Override
  public void close() {
    watch.close();
    system.clear();
  }
}
