package io.tas.dbhub.workflows.steps;

import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.SearchAttributes;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Steps that may not be given up: a compensation, a step of taking away. Each is tried until it is
 * done. While one keeps failing past its option set the workflow asks for attention: the search
 * attribute is raised and the current details say what is left to do.
 */
public final class MustHappen {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /**
   * @param step the activity's name
   * @param left what stays behind for as long as the step is not done, for people
   */
  public void run(String step, String left, Functions.Proc action) {
    Duration pause = FIRST_PAUSE;
    boolean raised = false;
    while (true) {
      try {
        action.apply();
        break;
      } catch (ActivityFailure failure) {
        Workflow.setCurrentDetails(attention(step, left, failure, pause));
        if (!raised) {
          Workflow.upsertTypedSearchAttributes(SearchAttributes.ATTENTION.valueSet(true));
          raised = true;
        }
        Workflow.sleep(pause);
        pause = Pauses.doubled(pause, LONGEST_PAUSE);
      }
    }
    if (raised) {
      Workflow.upsertTypedSearchAttributes(SearchAttributes.ATTENTION.valueSet(false));
      Workflow.setCurrentDetails("");
    }
  }

  private static String attention(
      String step, String left, ActivityFailure failure, Duration pause) {
    String why =
        Failures.find(failure)
            .map(typed -> typed.getType() + ": " + typed.getOriginalMessage())
            .orElse("the step timed out");
    return "**%s keeps failing.** %s%n%nLeft behind until it is done: %s%n%nTried again in %d s."
        .formatted(step, why, left, pause.toSeconds());
  }
}
