package io.tas.dbhub.core.update;

import io.tas.dbhub.core.health.Diagnosis;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Probes a connection as it is going to be. Task queue: {@link
 * io.tas.dbhub.core.names.TaskQueues#JDBC}.
 */
@ActivityInterface
public interface CandidateProbes {
  /** A target that refuses is an answer, not a failure. */
  @ActivityMethod(name = "ProbeCandidate")
  Diagnosis probeCandidate(CandidateProbe request);
}
