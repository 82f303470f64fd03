package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.connectiontest.TestRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.DiagnosisStep;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.ProbeActivities;
import io.tas.dbhub.core.health.ProbeOutcome;
import io.tas.dbhub.core.health.ProbeRequest;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.UnsealableException;
import java.util.List;

/** The probes as activities. Does not heartbeat: a probe ends by its own deadline. Thread-safe. */
public final class JdbcProbeActivities implements ProbeActivities {
  private final TargetProber prober;
  private final ConnectionSource connections;
  private final CredentialSealer sealer;
  private final HealthPolicy policy;

  public JdbcProbeActivities(
      TargetProber prober,
      ConnectionSource connections,
      CredentialSealer sealer,
      HealthPolicy policy) {
    this.prober = prober;
    this.connections = connections;
    this.sealer = sealer;
    this.policy = policy;
  }

  @Override
  public ProbeOutcome probe(ProbeRequest request) {
    Connection desired = connections.read(request.resource());
    if (desired instanceof Connection.Found found) {
      Diagnosis diagnosis = prober.probe(found.target(), found.credentials());
      return new ProbeOutcome(false, found.generation(), diagnosis, policy, false, found.digest());
    }
    if (desired instanceof Connection.Unusable unusable) {
      return new ProbeOutcome(
          false,
          unusable.generation(),
          notProbed(unusable.error()),
          policy,
          false,
          unusable.digest());
    }
    if (desired instanceof Connection.SetAside aside) {
      return new ProbeOutcome(false, aside.generation(), null, policy, true, aside.digest());
    }
    return new ProbeOutcome(true, 0, null, policy);
  }

  @Override
  public Diagnosis test(TestRequest request) {
    return prober.probe(request.target().inside(request.scope()), opened(request));
  }

  private Credentials opened(TestRequest request) {
    try {
      return sealer.open(request.credentials(), request.scope().tenantId(), request.testId());
    } catch (UnsealableException e) {
      // Its message quotes nothing of what it read.
      throw Failures.of(FailureType.UNSEALABLE, "the sealed credentials do not open");
    }
  }

  /** It failed before there was anything to resolve. */
  private static Diagnosis notProbed(ConnectionError error) {
    DiagnosisStep step = new DiagnosisStep(Step.RESOLVE.wireName(), false, 0, error);
    return new Diagnosis(false, List.of(step), null, null, null, null, 0);
  }
}
