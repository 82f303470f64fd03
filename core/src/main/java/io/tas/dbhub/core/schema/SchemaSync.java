package io.tas.dbhub.core.schema;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Reads a target's schema and writes what differs into the catalogue. Repeating it goes on where
 * the attempt before broke off.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#SCHEMA}. Heartbeats.
 */
@ActivityInterface
public interface SchemaSync {
  /**
   * Fails with {@code NotFound}, {@code Inactive}, {@code ConnectionFailed} where somebody has to
   * mend the connection, {@code TargetFailed}, {@code InventoryUnavailable}, {@code
   * KubernetesUnavailable}. What was in the catalogue stays, with what went wrong.
   */
  @ActivityMethod(name = "SyncSchema")
  SyncReport sync(SyncOrder order);

  /**
   * Remembers that this difference is not wanted, so that nobody is asked about it again.
   *
   * @return the version that the catalogue keeps
   */
  @ActivityMethod(name = "RejectSchemaChange")
  long reject(RejectChange change);
}
