package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.repair.RepairReport;
import io.tas.dbhub.core.repair.RepairRequest;
import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.start.WorkflowStarts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts databases back together. */
final class DatabaseRepair {
  private final TemporalGateway temporal;
  private final CredentialSealer sealer;
  private final Duration answerWithin;

  DatabaseRepair(TemporalGateway temporal, CredentialSealer sealer, Duration answerWithin) {
    this.temporal = temporal;
    this.sealer = sealer;
    this.answerWithin = answerWithin;
  }

  /**
   * @param known empty when its node is what is missing
   */
  Change<RepairReport> repair(
      Caller caller, DatabaseRef ref, Optional<Database> known, ObjectNode body) {
    @Nullable DatabaseType type =
        known.map(database -> database.definition().target().type()).orElse(null);
    CredentialChange change = credentials(type, body);
    @Nullable SealedCredentials sealed =
        change.isEmpty() ? null : sealer.seal(change, ref.scope().tenantId(), ref.id());
    return Change.of(
        temporal.updateWithStart(
            WorkflowStarts.repair(
                new RepairRequest(ref, sealed),
                known.map(database -> database.definition().name()).orElse(""),
                caller.requester()),
            "awaitRepaired",
            RepairReport.class,
            answerWithin));
  }

  /** There is nothing they could be halves of; a file has a Secret with empty ones. */
  private static CredentialChange credentials(@Nullable DatabaseType type, ObjectNode body) {
    CredentialChange given = DatabaseFields.credentials(type, body);
    if (type != null && !type.networked()) {
      return new CredentialChange("", "");
    }
    if (!given.isEmpty() && !given.isWhole()) {
      throw ProblemException.invalid(
          List.of(
              new Violation(
                  body.hasNonNull("username") ? "password" : "username",
                  "is needed too, to put a Secret back")));
    }
    return given;
  }
}
