package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.sealing.UnsealableException;
import io.tas.dbhub.core.update.CandidateProbe;
import io.tas.dbhub.core.update.CandidateProbes;

/** Does not heartbeat: a probe ends by its own deadline. Thread-safe. */
public final class JdbcCandidateProbes implements CandidateProbes {
  private static final CredentialChange NOTHING = new CredentialChange(null, null);
  private static final Credentials NONE = new Credentials("", "");

  private final TargetProber prober;
  private final CurrentCredentials current;
  private final CredentialSealer sealer;

  public JdbcCandidateProbes(
      TargetProber prober, CurrentCredentials current, CredentialSealer sealer) {
    this.prober = prober;
    this.current = current;
    this.sealer = sealer;
  }

  @Override
  public Diagnosis probeCandidate(CandidateProbe request) {
    DatabaseDefinition definition = request.definition();
    return prober.probe(definition.target().inside(definition.scope()), credentials(request));
  }

  private Credentials credentials(CandidateProbe request) {
    DatabaseDefinition definition = request.definition();
    if (!definition.target().type().networked()) {
      return NONE;
    }
    SealedCredentials sealed = request.credentials();
    CredentialChange change = sealed == null ? NOTHING : open(sealed, definition);
    if (change.isWhole()) {
      return change.onto(NONE);
    }
    if (request.secret() == null) {
      throw Failures.of(
          FailureType.CREDENTIALS_NEEDED, "both username and password are needed: none are saved");
    }
    return current.changed(definition.ref(), request.secret(), change);
  }

  private CredentialChange open(SealedCredentials sealed, DatabaseDefinition definition) {
    try {
      return sealer.openChange(sealed, definition.scope().tenantId(), definition.id());
    } catch (UnsealableException e) {
      // Its message quotes nothing of what it read.
      throw Failures.of(FailureType.UNSEALABLE, "the sealed credentials do not open");
    }
  }
}
