package io.tas.dbhub.activities.batch;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRules;
import io.tas.dbhub.core.model.Differences;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.provision.ProvisionRequest;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.start.WorkflowStarts;
import io.tas.dbhub.core.update.UpdateRequest;
import io.tas.dbhub.storage.journal.RowEnd;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows that change databases, each by an operation of its own. Thread-safe. */
final class RowChanges {
  /** An update is merged anew as often as REST does it. */
  private static final int TRIALS = 3;

  private final RowDatabases databases;
  private final RowOperations operations;

  RowChanges(RowDatabases databases, RowOperations operations) {
    this.databases = databases;
    this.operations = operations;
  }

  RowEnd make(RowRequest row, Patience patience) {
    DatabaseDefinition wanted = row.work().definition();
    if (wanted == null) {
      return RowEnds.failed(FailureType.INVALID, "The row describes no database.");
    }
    return begunBefore(row, wanted.id(), 1, patience)
        .or(() -> there(row, wanted))
        .orElseGet(
            () ->
                RowEnds.of(
                    operations.settle(
                        WorkflowStarts.provision(
                            new ProvisionRequest(wanted, credentials(row), true),
                            row.requester(1),
                            true),
                        patience)));
  }

  /** What the space has already under the name. */
  private Optional<RowEnd> there(RowRequest row, DatabaseDefinition wanted) {
    if (!row.task().standing().ceiling().allows(AccessLevel.MANAGE)) {
      return Optional.of(
          RowEnds.failed(FailureType.FORBIDDEN, "The role does not make databases."));
    }
    return databases
        .named(row.task().scope(), wanted.name())
        .map(existing -> compared(row, existing, wanted));
  }

  private static RowEnd compared(RowRequest row, Database existing, DatabaseDefinition wanted) {
    if (existing.id().equals(wanted.id())) {
      return RowEnds.done(null);
    }
    if (row.task().standing().level(existing).isEmpty()) {
      return RowEnds.failed(FailureType.NAME_TAKEN, "Another database of the space has the name.");
    }
    List<String> differences = Differences.between(existing.definition(), wanted);
    return differences.isEmpty()
        ? RowEnds.unchanged("It is there already.")
        : RowEnds.failed(
            FailureType.NAME_TAKEN,
            "The name is taken by a database with another " + String.join(", ", differences) + ".");
  }

  RowEnd update(RowRequest row, Patience patience) {
    BatchUpdate update = row.work().update();
    if (update == null) {
      return RowEnds.failed(FailureType.INVALID, "The batch says no change.");
    }
    String id = databaseId(row);
    int begun = trialBegun(row, id);
    int trial = Math.max(1, begun);
    RowEnd end =
        begun == 0 ? update(row, id, update, 1, patience) : joined(row, id, begun, patience);
    while (FailureType.REVISION_CHANGED.wireName().equals(end.code()) && trial < TRIALS) {
      trial++;
      end = update(row, id, update, trial, patience);
    }
    return end;
  }

  /** Which trial of the row began the database's latest operation; 0 when none did. */
  private int trialBegun(RowRequest row, String id) {
    Optional<String> latest = operations.latestRequest(id);
    return IntStream.rangeClosed(1, TRIALS)
        .filter(trial -> latest.filter(row.requester(trial).request()::equals).isPresent())
        .findFirst()
        .orElse(0);
  }

  private RowEnd joined(RowRequest row, String id, int trial, Patience patience) {
    return begunBefore(row, id, trial, patience)
        .orElseGet(
            () -> RowEnds.failed(FailureType.REVISION_CHANGED, "Others change the database, too."));
  }

  private RowEnd update(
      RowRequest row, String id, BatchUpdate update, int trial, Patience patience) {
    Optional<Database> found = changeable(row, id);
    if (found.isEmpty()) {
      return RowEnds.unknown();
    }
    DatabaseDefinition existing = found.get().definition();
    DatabaseRules.Outcome outcome = DatabaseRules.forUpdate(existing, update.of(existing));
    if (outcome instanceof DatabaseRules.Refused refused) {
      return RowEnds.invalid(refused.violations());
    }
    DatabaseDefinition wanted = ((DatabaseRules.Changed) outcome).definition();
    if (wanted.equals(existing)) {
      return RowEnds.unchanged("");
    }
    UpdateRequest request = new UpdateRequest(wanted, found.get().revision(), null);
    return RowEnds.of(
        operations.settle(WorkflowStarts.update(request, row.requester(trial)), patience));
  }

  RowEnd rotate(RowRequest row, Patience patience) {
    String id = databaseId(row);
    return begunBefore(row, id, 1, patience)
        .or(
            () ->
                changeable(row, id)
                    .map(
                        database ->
                            RowEnds.of(
                                operations.settle(
                                    WorkflowStarts.rotate(
                                        database, credentials(row), row.requester(1)),
                                    patience))))
        .orElseGet(RowEnds::unknown);
  }

  RowEnd delete(RowRequest row, Patience patience) {
    String id = databaseId(row);
    return begunBefore(row, id, 1, patience)
        .or(
            () ->
                changeable(row, id)
                    .map(
                        database ->
                            RowEnds.of(
                                operations.settle(
                                    WorkflowStarts.deprovision(database, row.requester(1)),
                                    patience))))
        .orElseGet(() -> RowEnds.unchanged("There is no such database."));
  }

  /** What came of the operation that an attempt before has begun. */
  private Optional<RowEnd> begunBefore(
      RowRequest row, String databaseId, int trial, Patience patience) {
    return operations
        .earlier(databaseId, row.requester(trial).request(), patience)
        .map(RowEnds::of);
  }

  private Optional<Database> changeable(RowRequest row, String id) {
    Optional<Database> found = databases.find(row.task(), id, AccessLevel.MANAGE);
    found
        .filter(database -> database.origin() == Origin.MANIFEST)
        .ifPresent(
            database -> {
              throw byHand(database.resource());
            });
    return found;
  }

  private static ApplicationFailure byHand(ResourceRef resource) {
    return Failures.of(
        FailureType.OWNED_BY_MANIFEST,
        "The database is what the Database resource %s/%s says, which somebody made by hand."
            .formatted(resource.namespace(), resource.name()));
  }

  private static String databaseId(RowRequest row) {
    String id = row.work().databaseId();
    if (id == null) {
      throw Failures.of(FailureType.NOT_FOUND, "The row leads to no database.");
    }
    return id;
  }

  private static SealedCredentials credentials(RowRequest row) {
    SealedCredentials sealed = row.work().sealed();
    if (sealed == null) {
      throw Failures.of(
          FailureType.CREDENTIALS_NEEDED,
          "The credentials are not kept any more. Send the file again.");
    }
    return sealed;
  }
}
