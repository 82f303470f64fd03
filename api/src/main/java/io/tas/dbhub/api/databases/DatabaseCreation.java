package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.operations.OperationId;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.api.temporal.UpdateAnswer;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRules;
import io.tas.dbhub.core.provision.ProvisionRequest;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.start.WorkflowStarts;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes databases. With an idempotency key the id follows from the key, so a repeated request meets
 * the same workflow, or what it made.
 */
final class DatabaseCreation {
  private final TemporalGateway temporal;
  private final DatabaseInventory inventory;
  private final CredentialSealer sealer;
  private final Duration answerWithin;

  DatabaseCreation(
      TemporalGateway temporal,
      DatabaseInventory inventory,
      CredentialSealer sealer,
      Duration answerWithin) {
    this.temporal = temporal;
    this.inventory = inventory;
    this.sealer = sealer;
    this.answerWithin = answerWithin;
  }

  /** What a creation has come to when it is time to answer. */
  sealed interface Outcome {}

  /**
   * @param operation empty when an earlier request made it
   */
  record Created(Database database, Optional<OperationId> operation) implements Outcome {}

  record Underway(String databaseId, OperationId operation) implements Outcome {}

  Outcome create(Caller caller, DatabaseRules.Accepted accepted, Optional<String> key) {
    String id = key.map(k -> DatabaseIds.named(caller.scope(), k)).orElseGet(DatabaseIds::random);
    DatabaseDefinition definition = accepted.definition(id, caller.scope(), caller.subject());
    SealedCredentials sealed = sealer.seal(accepted.credentials(), caller.scope().tenantId(), id);
    if (key.isPresent()) {
      Optional<Database> existing = inventory.find(caller.scope(), id);
      if (existing.isPresent()) {
        return new Created(same(caller, existing.get(), definition), Optional.empty());
      }
    }
    UpdateAnswer<Database> answer =
        temporal.updateWithStart(
            WorkflowStarts.provision(
                new ProvisionRequest(definition, sealed, key.isPresent()),
                caller.requester(),
                key.isPresent()),
            "awaitCreated",
            Database.class,
            answerWithin);
    if (answer instanceof UpdateAnswer.Settled<Database> settled) {
      return new Created(
          same(caller, settled.value().orElseThrow(), definition),
          Optional.of(OperationId.of(settled.execution())));
    }
    if (answer instanceof UpdateAnswer.Running<Database> running) {
      return new Underway(id, OperationId.of(running.execution()));
    }
    throw OperationProblems.running(((UpdateAnswer.Occupied<Database>) answer).execution());
  }

  /** A key belongs to one request: whoever repeats it has to mean the same. */
  private static Database same(Caller caller, Database existing, DatabaseDefinition wanted) {
    DatabaseDefinition made = existing.definition();
    DatabaseDefinition comparable =
        new DatabaseDefinition(
            wanted.id(),
            wanted.scope(),
            made.ownerId(),
            wanted.name(),
            wanted.target(),
            wanted.policy(),
            wanted.labels(),
            wanted.description(),
            wanted.color(),
            wanted.active());
    if (!made.equals(comparable) || Permissions.level(caller, existing).isEmpty()) {
      throw new ProblemException(
          FailureType.IDEMPOTENCY_KEY_REUSED,
          "The idempotency key was used for a different request.");
    }
    return existing;
  }
}
