package io.tas.dbhub.workflows.rotate;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.inventory;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.rotate.ServedDatabase;
import io.tas.dbhub.core.rotate.ServingChecks;
import io.tas.dbhub.workflows.instance.Instances;
import io.tas.dbhub.workflows.steps.Pauses;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until every DBHub that serves a database runs with its new credentials. */
final class Rollout {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration FIRST_LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  /**
   * How long a DBHub may take to serve a connection that was made or changed. It shows only once it
   * serves, and may have begun with the old credentials.
   */
  private static final Duration TAKING_UP = Duration.ofSeconds(30);

  private final DatabaseRef database;
  private final ServingChecks inventory =
      Workflow.newActivityStub(ServingChecks.class, inventory("Inventory node"));

  /** Every instance that was seen to serve it. */
  private final Set<ResourceRef> seen = new LinkedHashSet<>();

  Rollout(DatabaseRef database) {
    this.database = database;
  }

  /**
   * @param before the connection as it was before the switch
   * @param revision of the credentials, see {@link
   *     io.tas.dbhub.core.update.SwitchCredentials#revision}
   * @throws io.temporal.failure.ApplicationFailure {@code DbhubUnavailable} when it takes too long
   */
  void await(Database before, String revision) {
    Workflow.setCurrentDetails("Waiting until DBHub serves with the new credentials.");
    long start = Workflow.currentTimeMillis();
    // The clocks of the inventory and of here are two.
    long takenUp = Math.min(before.updatedAt().toEpochMilli(), start) + TAKING_UP.toMillis();
    Duration pause = FIRST_LOOK;
    while (true) {
      List<ServedDatabase.By> serving = look();
      List<ServedDatabase.By> behind =
          serving.stream().filter(by -> !revision.equals(by.credentialsRevision())).toList();
      long now = Workflow.currentTimeMillis();
      if (behind.isEmpty() && (!serving.isEmpty() || now >= takenUp)) {
        return;
      }
      if (!behind.isEmpty() && now >= start + PATIENCE.toMillis()) {
        throw Failures.of(
            FailureType.DBHUB_UNAVAILABLE,
            "DBHub does not serve with the new credentials: %s has not rolled out."
                .formatted(names(behind)));
      }
      Workflow.sleep(pause);
      pause = Pauses.doubled(pause, LONGEST_LOOK);
    }
  }

  /** Tells whoever serves it, as far as it was seen, that its credentials changed. */
  void tell() {
    seen.forEach(Instances::changed);
  }

  private List<ServedDatabase.By> look() {
    List<ServedDatabase.By> serving = inventory.findServed(database).instances();
    for (ServedDatabase.By by : serving) {
      if (seen.add(by.instance())) {
        Instances.changed(by.instance());
      }
    }
    return serving;
  }

  private static String names(List<ServedDatabase.By> behind) {
    return behind.stream()
        .map(by -> by.instance().namespace() + "/" + by.instance().name())
        // While it moves, two servers of one instance serve it.
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
