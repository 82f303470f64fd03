package io.tas.dbhub.systemtest.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The plans of all operations that run, by their database. Thread-safe. */
final class Plans {
  private final Map<String, Plan> plans = new ConcurrentHashMap<>();

  /** From now on, in place of an earlier one. */
  Plan make(String databaseId, Operation operation, List<Injection> injections) {
    Plan plan = new Plan(databaseId, operation.workflowId(databaseId), injections);
    plans.put(databaseId, plan);
    return plan;
  }

  void forget(String databaseId) {
    plans.remove(databaseId);
  }

  /** Of the operation that runs in this workflow. */
  Optional<Plan> of(String workflowId) {
    return plans.values().stream().filter(plan -> plan.isOf(workflowId)).findFirst();
  }

  boolean isEmpty() {
    return plans.isEmpty();
  }

  /** What a request has to suffer. */
  Optional<Fault.Kind> met(Engine engine, String request, boolean write) {
    // Several requests may share a connection, and then come in one piece.
    return plans.values().stream()
        .filter(plan -> plan.concerns(request))
        .flatMap(plan -> plan.met(engine, write).stream())
        .findFirst();
  }
}
