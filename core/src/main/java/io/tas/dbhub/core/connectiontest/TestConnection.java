package io.tas.dbhub.core.connectiontest;

import io.tas.dbhub.core.health.Diagnosis;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Tests a connection before it is saved. Workflow id: {@link
 * io.tas.dbhub.core.names.WorkflowIds#test}.
 */
@WorkflowInterface
public interface TestConnection {
  String NAME = "TestConnection";

  @WorkflowMethod(name = NAME)
  Diagnosis test(TestRequest request);
}
