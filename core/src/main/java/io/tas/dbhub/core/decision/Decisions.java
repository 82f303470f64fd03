package io.tas.dbhub.core.decision;

import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;

/**
 * How a person reaches a workflow that is parked. Every workflow with steps that may not be given
 * up listens to it.
 */
@WorkflowInterface
public interface Decisions {
  String DECIDE = "decide";

  /** Returns as soon as the decision is taken; what comes of it is told by the operation. */
  @UpdateMethod(name = DECIDE)
  void decide(Decision decision);

  /**
   * Refuses with {@code NotPossibleNow} what makes no sense now: nothing is parked, or another
   * step, or the choice is not offered; and with {@code Invalid} a decision without the reason it
   * needs.
   */
  @UpdateValidatorMethod(updateName = DECIDE)
  void validateDecision(Decision decision);
}
