package io.tas.dbhub.core.decision;

import java.time.Instant;
import java.util.List;

/**
 * A step that waits for a decision, as the workflow's memo tells it: readable without a worker.
 *
 * @param step the activity's name, or what the change is of
 * @param code the failure's type; of a change {@link #CHANGE}
 * @param message of the failure, or what changed, for people; holds no credential
 * @param left everything that stays behind for as long as nobody acts, this step's first
 * @param choices that make sense now
 * @param since when it was parked
 */
public record ParkedStep(
    String step,
    String code,
    String message,
    List<String> left,
    List<Choice> choices,
    Instant since) {
  /** The code where nothing failed: somebody is to say whether a change is wanted. */
  public static final String CHANGE = "ApprovalNeeded";

  public ParkedStep {
    left = List.copyOf(left);
    choices = List.copyOf(choices);
  }
}
