package io.tas.dbhub.workflows.deprovision;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.inventory;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.provision.InventoryNodes;
import io.tas.dbhub.workflows.instance.Instances;
import io.tas.dbhub.workflows.steps.Pauses;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Waits until no DBHub serves a database any more, as the inventory knows it. */
final class Withdrawal {
  /** A rollout takes seconds; one that takes this long is stuck, and a person has to look. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration FIRST_LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  private final DatabaseRef database;
  private final InventoryNodes nodes =
      Workflow.newActivityStub(InventoryNodes.class, inventory("Inventory node"));
  private List<ResourceRef> serving = List.of();

  Withdrawal(DatabaseRef database) {
    this.database = database;
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure {@code Timeout} when one still serves it
   */
  void await() {
    long until = Workflow.currentTimeMillis() + PATIENCE.toMillis();
    Duration pause = FIRST_LOOK;
    look();
    serving.forEach(Instances::changed);
    while (!serving.isEmpty()) {
      if (Workflow.currentTimeMillis() >= until) {
        throw Failures.of(
            FailureType.TIMEOUT, "DBHub still serves it: " + names() + " has not rolled out.");
      }
      Workflow.sleep(pause);
      pause = Pauses.doubled(pause, LONGEST_LOOK);
      look();
    }
  }

  String left() {
    return serving.isEmpty() ? "perhaps a DBHub that serves it" : "what is served by " + names();
  }

  private void look() {
    serving = nodes.findServingInstances(database).instances();
  }

  private String names() {
    return serving.stream()
        .map(instance -> "DBHubInstance " + instance.namespace() + "/" + instance.name())
        .collect(Collectors.joining(", "));
  }
}
