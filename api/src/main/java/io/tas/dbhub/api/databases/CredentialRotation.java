package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.start.WorkflowStarts;
import java.time.Duration;

/** Changes credentials of databases that are being used. */
final class CredentialRotation {
  private final TemporalGateway temporal;
  private final CredentialSealer sealer;
  private final Duration answerWithin;

  CredentialRotation(TemporalGateway temporal, CredentialSealer sealer, Duration answerWithin) {
    this.temporal = temporal;
    this.sealer = sealer;
    this.answerWithin = answerWithin;
  }

  Change<Database> rotate(Caller caller, Database database, ObjectNode body) {
    DatabaseType type = database.definition().target().type();
    CredentialChange change = DatabaseFields.newCredentials(type, body);
    String tenant = database.definition().scope().tenantId();
    return Change.of(
        temporal.updateWithStart(
            WorkflowStarts.rotate(
                database, sealer.seal(change, tenant, database.id()), caller.requester()),
            "awaitRotated",
            Database.class,
            answerWithin));
  }
}
