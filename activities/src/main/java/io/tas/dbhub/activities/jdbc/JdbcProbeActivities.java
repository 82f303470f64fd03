package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.connectiontest.TestRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.DiagnosisStep;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.health.ProbeActivities;
import io.tas.dbhub.core.health.ProbeOutcome;
import io.tas.dbhub.core.health.ProbeRequest;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.UnsealableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The probes as activities. Does not heartbeat: a probe ends by its own deadline. Thread-safe. */
public final class JdbcProbeActivities implements ProbeActivities {
  private final TargetProber prober;
  private final ConnectionSource connections;
  private final CredentialSealer sealer;
  private final HealthPolicy policy;
  private final LoginLook logins;

  public JdbcProbeActivities(
      TargetProber prober,
      ConnectionSource connections,
      CredentialSealer sealer,
      HealthPolicy policy,
      LoginLook logins) {
    this.prober = prober;
    this.connections = connections;
    this.sealer = sealer;
    this.policy = policy;
    this.logins = logins;
  }

  @Override
  public ProbeOutcome probe(ProbeRequest request) {
    if (!request.periodic()) {
      return probe(meant(request, connections.read(request.resource())), request.login());
    }
    Connection known = meant(request, connections.known(request.resource()));
    ProbeOutcome outcome = probe(known, request.login());
    Diagnosis diagnosis = outcome.diagnosis();
    if (diagnosis == null || diagnosis.reachable()) {
      return outcome;
    }
    // Nothing is held against a connection that was changed a moment ago.
    Connection now = meant(request, connections.read(request.resource()));
    return same(known, now) ? outcome : probe(now, request.login());
  }

  /** One made again under the name is another connection, which others look after. */
  private static Connection meant(ProbeRequest request, Connection read) {
    Connection.Said said = read.said();
    String uid = request.uid();
    return uid == null || said == null || uid.equals(said.uid()) ? read : new Connection.Gone();
  }

  private static boolean same(Connection known, Connection now) {
    return known instanceof Connection.Found before
        ? now instanceof Connection.Found after
            && before.said().generation() == after.said().generation()
            && before.target().equals(after.target())
            && before.credentials().username().equals(after.credentials().username())
            && before.credentials().password().equals(after.credentials().password())
        : known.equals(now);
  }

  /**
   * @param login what is known of the login
   */
  private ProbeOutcome probe(Connection desired, @Nullable LoginFinding login) {
    if (desired instanceof Connection.Found found) {
      boolean asks = logins.due(found, login);
      Diagnosis diagnosis =
          prober.reach(found.target(), found.credentials(), prober.patience(found.target()), asks);
      return outcome(diagnosis, found.said(), logins.found(found, login, asks, diagnosis));
    }
    if (desired instanceof Connection.Unusable unusable) {
      return outcome(notProbed(unusable.error()), unusable.said(), null);
    }
    if (desired instanceof Connection.SetAside aside) {
      return outcome(null, aside.said(), null);
    }
    return new ProbeOutcome(true, 0, null, policy);
  }

  /**
   * @param diagnosis null of a connection that is set aside
   */
  private ProbeOutcome outcome(
      @Nullable Diagnosis diagnosis, Connection.Said said, @Nullable LoginFinding login) {
    return new ProbeOutcome(
        false,
        said.generation(),
        diagnosis,
        policy,
        diagnosis == null,
        said.digest(),
        said.claim(),
        login);
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
  static Diagnosis notProbed(ConnectionError error) {
    DiagnosisStep step = new DiagnosisStep(Step.RESOLVE.wireName(), false, 0, error);
    return new Diagnosis(false, List.of(step), null, null, null, null, 0);
  }
}
