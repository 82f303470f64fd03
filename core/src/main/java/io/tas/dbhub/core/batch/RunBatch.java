package io.tas.dbhub.core.batch;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Does to each waiting row of a batch what the batch is for: some at a time, never too many for one
 * target host. Cancelling it lets the rows that were begun come to their end.
 *
 * <p>Workflow id: {@link io.tas.dbhub.core.names.WorkflowIds#batch}. How far it is stands in the
 * journal.
 */
@WorkflowInterface
public interface RunBatch {
  String NAME = "RunBatch";

  /** Answers how the batch has ended; a row that fails fails nothing else. */
  @WorkflowMethod(name = NAME)
  BatchState run(BatchRequest request);

  /** No other row begins. */
  @SignalMethod
  void pause();

  @SignalMethod
  void resume();
}
