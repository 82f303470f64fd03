package io.tas.dbhub.core.schema;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Brings the catalogue up to what the target has. Where the database's policy wants it, a change
 * waits for a person; it listens to {@link io.tas.dbhub.core.decision.Decisions}.
 */
@WorkflowInterface
public interface SyncSchema {
  String NAME = "SyncSchema";

  @WorkflowMethod(name = NAME)
  SyncReport sync(SyncRequest request);

  /** Answers when the target was read: what was found, also while a change waits. */
  @UpdateMethod(name = "awaitSynced")
  SyncReport awaitSynced();

  /** The database goes: a change that waits does so for nobody. */
  @SignalMethod
  void stop();
}
