package io.tas.dbhub.core.comparison;

import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Compares again and again, for ever. There is one: {@link
 * io.tas.dbhub.core.names.WorkflowIds#COMPARISON}, started by every worker that starts.
 */
@WorkflowInterface
public interface CompareInventory {
  String NAME = "CompareInventory";

  @WorkflowMethod(name = NAME)
  void compareForEver();

  /** Compares now, and answers what was found. */
  @UpdateMethod(name = "compareNow")
  ComparisonReport compareNow();
}
