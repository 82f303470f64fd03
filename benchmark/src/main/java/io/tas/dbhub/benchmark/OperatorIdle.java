package io.tas.dbhub.benchmark;

import java.time.Duration;

/** What an operator does when nobody changes anything. */
final class OperatorIdle {
  private OperatorIdle() {}

  /**
   * @param requests of the worker
   * @param probes logins to the targets
   * @param rollouts generations of Deployments
   * @param configWrites of all servers
   */
  record Outcome(
      int size,
      double seconds,
      ApiLog.Requests requests,
      long probes,
      long rollouts,
      int configWrites,
      ProcessCost.Used worker,
      ProcessCost.Used temporal) {
    double requestsPerSecond() {
      return requests.total() / seconds;
    }
  }

  static Outcome measure(
      OperatorSystem system,
      OperatorBurst burst,
      OperatorTargets targets,
      int size,
      Duration time) {
    ProcessCost worker = system.workerCost();
    ProcessCost temporal = system.temporalCost();
    OperatorWatch.Writes before = burst.writes();
    long probes = targets.logins();
    long log = system.requests().end();
    long begin = System.nanoTime();
    OperatorSystem.pause(time);
    double seconds = (System.nanoTime() - begin) / 1e9;
    OperatorWatch.Writes after = burst.writes();
    return new Outcome(
        size,
        seconds,
        system.requests().since(log),
        targets.logins() - probes,
        after.generations() - before.generations(),
        after.writes() - before.writes(),
        worker.used(),
        temporal.used());
  }
}
