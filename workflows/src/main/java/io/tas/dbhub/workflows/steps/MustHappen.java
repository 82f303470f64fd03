package io.tas.dbhub.workflows.steps;

import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.comparison.LeftoverInventory;
import io.tas.dbhub.core.comparison.Leftovers;
import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.names.TaskQueues;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Runs steps that may not be given up; cancelling the workflow changes nothing about them. One that
 * keeps failing past its option set parks the workflow until a person decides: try again, go on
 * without it, or leave it and everything after it, listed in the inventory.
 */
public final class MustHappen {
  private static final Duration UNTIL_LISTED_AGAIN = Duration.ofMinutes(1);

  private final DatabaseRef database;
  private final Parking parking;
  private final LeftoverInventory leftovers =
      Workflow.newActivityStub(
          LeftoverInventory.class, ActivityOptionSets.record(TaskQueues.INVENTORY));

  /**
   * @param parking the workflow's only one
   */
  public MustHappen(DatabaseRef database, Parking parking) {
    this.database = database;
    this.parking = parking;
  }

  /**
   * Runs the steps one after the other. Returns when each is done or skipped.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code Abandoned}, once what is left is listed
   */
  public void run(List<Step> steps) {
    Workflow.newDetachedCancellationScope(
            () -> {
              for (int i = 0; i < steps.size(); i++) {
                run(steps.get(i), steps.subList(i, steps.size()));
              }
            })
        .run();
  }

  private void run(Step step, List<Step> from) {
    while (true) {
      Workflow.setCurrentDetails(step.doing());
      try {
        step.action().apply();
        return;
      } catch (TemporalFailure failure) {
        List<String> left =
            from.stream().map(later -> later.left().get()).filter(what -> !what.isEmpty()).toList();
        Decision decision = parking.await(step.name(), failure, left);
        if (decision.decision() == Choice.SKIP) {
          return;
        }
        if (decision.decision() == Choice.ABANDON) {
          abandon(left, decision);
        }
      }
    }
  }

  private void abandon(List<String> left, Decision decision) {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    String why = "abandoned by %s: %s".formatted(decision.actor(), decision.reason());
    list(new Leftovers(left.stream().map(what -> new Leftover(database, what, why, now)).toList()));
    throw Failures.of(
        FailureType.ABANDONED,
        "Somebody decided to leave it; the inventory lists what is left behind.");
  }

  /**
   * Ending without the list would lose what is left: it is tried until it is written. Nobody has to
   * decide anything meanwhile, so no attention is asked for.
   */
  private void list(Leftovers left) {
    Workflow.setCurrentDetails(
        "Abandoned. Listing what is left in the inventory; waits for it should it be down.");
    while (true) {
      try {
        leftovers.recordLeftovers(left);
        return;
      } catch (ActivityFailure refused) {
        Workflow.setCurrentDetails(
            "Abandoned, but the inventory refuses the list of what is left: %s. Tried again."
                .formatted(Failures.typeOf(refused).wireName()));
        Workflow.sleep(UNTIL_LISTED_AGAIN);
      }
    }
  }
}
