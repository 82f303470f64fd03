package io.tas.dbhub.workflows.schema;

import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schema.SyncSchema;
import io.tas.dbhub.workflows.steps.Signals;
import io.temporal.workflow.Workflow;

/** How other workflows reach the sync of a database's schema. */
public final class SchemaSyncs {
  private SchemaSyncs() {}

  /** Tells the sync that the database goes. There being none is fine. */
  public static void stop(String databaseId) {
    Signals.ifRunning(
        Workflow.newExternalWorkflowStub(SyncSchema.class, WorkflowIds.schema(databaseId))::stop);
  }
}
