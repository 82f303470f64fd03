package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRules;
import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.start.WorkflowStarts;
import io.tas.dbhub.core.update.UpdateRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes databases. What was sent is merged with the database as it is now; should somebody be
 * faster, it is merged anew, unless the caller said which revision they meant.
 */
final class DatabaseUpdate {
  private static final int ATTEMPTS = 3;

  private final TemporalGateway temporal;
  private final CredentialSealer sealer;
  private final Duration answerWithin;

  DatabaseUpdate(TemporalGateway temporal, CredentialSealer sealer, Duration answerWithin) {
    this.temporal = temporal;
    this.sealer = sealer;
    this.answerWithin = answerWithin;
  }

  /**
   * @param current reads the database, and throws NotFound when there is none
   */
  Change<Database> update(
      Caller caller, Supplier<Database> current, IfMatch ifMatch, ObjectNode body) {
    for (int attempt = 1; ; attempt++) {
      Database database = current.get();
      ifMatch.check(database.revision());
      DatabaseRules.Changed wanted = DatabaseFields.forUpdate(database.definition(), body);
      if (wanted.definition().equals(database.definition()) && wanted.credentials().isEmpty()) {
        return new Change.Done<>(database, Optional.empty());
      }
      try {
        return Change.of(
            temporal.updateWithStart(
                WorkflowStarts.update(request(database, wanted), caller.requester()),
                "awaitUpdated",
                Database.class,
                answerWithin));
      } catch (ProblemException failed) {
        if (failed.type() != FailureType.REVISION_CHANGED) {
          throw failed;
        }
        if (attempt == ATTEMPTS) {
          throw ifMatch.any() ? crowded() : failed;
        }
      }
    }
  }

  private UpdateRequest request(Database database, DatabaseRules.Changed wanted) {
    CredentialChange change = wanted.credentials();
    @Nullable SealedCredentials sealed =
        change.isEmpty()
            ? null
            : sealer.seal(
                change, database.definition().scope().tenantId(), database.definition().id());
    return new UpdateRequest(wanted.definition(), database.revision(), sealed);
  }

  private static ProblemException crowded() {
    return new ProblemException(
            FailureType.OPERATION_RUNNING, "Others keep changing the database at the same time.")
        .withSuggestion("Send it again, with If-Match if it was meant for a certain revision.");
  }
}
