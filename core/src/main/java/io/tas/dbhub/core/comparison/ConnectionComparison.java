package io.tas.dbhub.core.comparison;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Compares Kubernetes with the inventory, and writes what it finds into the inventory. What an
 * operation is working on is left out.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#KUBERNETES}. Heartbeats.
 */
@ActivityInterface
public interface ConnectionComparison {
  @ActivityMethod(name = "CompareConnections")
  ComparisonReport compare();
}
