package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.names.TaskQueues;
import java.util.Map;
import java.util.Set;

/** An outside system with a proxy between it and the workers. */
enum Engine {
  KUBERNETES("Kubernetes"),
  INVENTORY("Neo4j"),
  TEMPORAL("Temporal"),
  TARGET("target"),
  JOURNAL("journal"),
  DBHUB("DBHub");

  /**
   * What activities of a task queue may talk to: an instance may be rolled out at the same time.
   * Syncs and queries ask Kubernetes for credentials only where their worker has not read them a
   * moment ago, so nothing can be planned there.
   */
  private static final Map<String, Set<Engine>> REACHED =
      Map.of(
          TaskQueues.KUBERNETES, Set.of(KUBERNETES),
          TaskQueues.INVENTORY, Set.of(INVENTORY),
          TaskQueues.JDBC, Set.of(TARGET),
          TaskQueues.DBHUB, Set.of(DBHUB, INVENTORY),
          TaskQueues.SCHEMA, Set.of(INVENTORY, TARGET),
          TaskQueues.SCHEDULES, Set.of(INVENTORY),
          TaskQueues.QUERIES, Set.of(INVENTORY, TARGET, JOURNAL),
          TaskQueues.BATCHES, Set.of(TEMPORAL, INVENTORY, JOURNAL),
          TaskQueues.JOURNAL, Set.of(JOURNAL));

  private final String title;

  Engine(String title) {
    this.title = title;
  }

  static Set<Engine> reachedFrom(String taskQueue) {
    return REACHED.getOrDefault(taskQueue, Set.of());
  }

  String title() {
    return title;
  }
}
