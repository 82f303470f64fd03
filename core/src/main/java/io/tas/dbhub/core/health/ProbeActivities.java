package io.tas.dbhub.core.health;

import io.tas.dbhub.core.connectiontest.TestRequest;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Probes of target databases over JDBC. A target that refuses, hangs or lies is an answer, not a
 * failure; the activity fails only when Kubernetes is not there to be asked, or the worker has too
 * much else to do.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#JDBC}. Fails with {@code
 * KubernetesUnavailable} and {@code Busy} (retried).
 */
@ActivityInterface
public interface ProbeActivities {
  /** Reads the Database resource and its Secret, and probes what they describe. */
  @ActivityMethod(name = "ProbeDatabase")
  ProbeOutcome probe(ProbeRequest request);

  /** Probes a connection that is not saved. */
  @ActivityMethod(name = "TestTarget")
  Diagnosis test(TestRequest request);
}
