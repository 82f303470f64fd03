package io.tas.dbhub.core.schedule;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One run of a schedule: does to each of its databases what is due. Temporal starts it, with the
 * time added to the id {@link io.tas.dbhub.core.names.WorkflowIds#schedule}. What it has come to is
 * in the memo {@link io.tas.dbhub.core.names.Memos#RUN}.
 */
@WorkflowInterface
public interface RunSchedule {
  String NAME = "RunSchedule";

  /**
   * Fails with {@code TargetFailed} when one of the databases did; the rest is done all the same.
   */
  @WorkflowMethod(name = NAME)
  RunReport run(RunRequest request);
}
