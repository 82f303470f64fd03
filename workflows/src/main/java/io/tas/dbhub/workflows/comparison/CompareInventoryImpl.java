package io.tas.dbhub.workflows.comparison;

import io.tas.dbhub.core.comparison.CompareInventory;
import io.tas.dbhub.core.comparison.ComparisonReport;
import io.tas.dbhub.core.comparison.ConnectionComparison;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.temporal.common.VersioningBehavior;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Compare, tell, wait: for ever. */
public final class CompareInventoryImpl implements CompareInventory {
  private static final Duration INTERVAL = Duration.ofMinutes(15);

  private final ConnectionComparison connections =
      Workflow.newActivityStub(
          ConnectionComparison.class, ActivityOptionSets.comparison("Compare"));

  private @Nullable ComparisonReport report;
  private @Nullable ApplicationFailure failure;
  private long asked;
  private long answered;

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
  public void compareForEver() {
    while (true) {
      compare();
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.await(() -> Workflow.isEveryHandlerFinished() || isAsked());
        if (!isAsked()) {
          // The next run begins by comparing.
          Workflow.continueAsNew();
        }
      }
      if (!isAsked()) {
        Workflow.await(INTERVAL, this::isAsked);
      }
    }
  }

  @Override
  public ComparisonReport compareNow() {
    long mine = ++asked;
    Workflow.await(() -> answered >= mine);
    if (failure != null) {
      throw failure;
    }
    if (report == null) {
      throw Failures.of(FailureType.INTERNAL, "Nothing was compared.");
    }
    return report;
  }

  private boolean isAsked() {
    return asked > answered;
  }

  private void compare() {
    // Who asks while it runs may mean what it has passed already.
    long answers = asked;
    Workflow.setCurrentDetails("Comparing.");
    try {
      ComparisonReport found = connections.compare();
      report = found;
      failure = null;
      Workflow.setCurrentDetails(
          "Compared %d connections: %d incomplete, %d leftovers."
              .formatted(found.connections(), found.incomplete(), found.leftovers()));
    } catch (ActivityFailure refused) {
      failure =
          Failures.of(
              Failures.typeOf(refused), "The comparison could not be made; it will be repeated.");
      Workflow.setCurrentDetails("The last comparison could not be made; it will be repeated.");
    }
    answered = answers;
  }
}
