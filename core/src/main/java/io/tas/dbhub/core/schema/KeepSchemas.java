package io.tas.dbhub.core.schema;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Has every schema read when it is due, for ever: a new database's at once, any other's once a day.
 * There is one: {@link io.tas.dbhub.core.names.WorkflowIds#SCHEMAS}, started by every worker that
 * starts.
 */
@WorkflowInterface
public interface KeepSchemas {
  String NAME = "KeepSchemas";

  @WorkflowMethod(name = NAME)
  void keepForEver();
}
