package io.tas.dbhub.workflows.connection;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.CandidateProbe;
import io.tas.dbhub.core.update.CandidateProbes;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** Tries a connection as it is going to be, before anything is changed. */
public final class CandidateTrial {
  private final CandidateProbes probes =
      Workflow.newActivityStub(CandidateProbes.class, ActivityOptionSets.candidate("Probe"));

  /**
   * @param secret whose credentials hold where none are given; null where there is no Secret
   * @param credentials the given half or both; null when they stay
   * @throws ApplicationFailure {@code ConnectionFailed}; its detail is the {@link Diagnosis}
   */
  public void mustConnect(
      DatabaseDefinition definition,
      @Nullable ResourceRef secret,
      @Nullable SealedCredentials credentials) {
    Workflow.setCurrentDetails("Probing the connection as it is going to be.");
    Diagnosis diagnosis =
        probes.probeCandidate(new CandidateProbe(definition, secret, credentials));
    if (!diagnosis.reachable()) {
      throw failed(diagnosis);
    }
  }

  private static ApplicationFailure failed(Diagnosis diagnosis) {
    ConnectionError error = diagnosis.firstError();
    String why =
        error == null
            ? "The connection does not work."
            : "The connection does not work (%s): %s %s"
                .formatted(error.kind().wireName(), error.message(), error.suggestion());
    return Failures.of(FailureType.CONNECTION_FAILED, why, diagnosis);
  }
}
