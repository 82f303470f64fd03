package io.tas.dbhub.workflows.schema;

import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.RejectChange;
import io.tas.dbhub.core.schema.SchemaSync;
import io.tas.dbhub.core.schema.SyncOrder;
import io.tas.dbhub.core.schema.SyncOutcome;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.core.schema.SyncRequest;
import io.tas.dbhub.core.schema.SyncSchema;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.tas.dbhub.workflows.steps.AuditTrail;
import io.tas.dbhub.workflows.steps.Parking;
import io.temporal.common.VersioningBehavior;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read and write what differs; where somebody has to approve it, wait for them first. */
public final class SyncSchemaImpl implements SyncSchema {
  /** A change that waits may be another one tomorrow, or none, or of a database that is gone. */
  private static final Duration LOOK_AGAIN = Duration.ofDays(1);

  private final DatabaseRef database;
  private final Parking approval;
  private final CompletablePromise<SyncReport> found = Workflow.newPromise();
  private boolean stopped;
  private final SchemaSync schemas =
      Workflow.newActivityStub(SchemaSync.class, ActivityOptionSets.schema("Schema"));

  @WorkflowInit
  public SyncSchemaImpl(SyncRequest request) {
    database = request.database();
    approval = new Parking(new AuditTrail(database));
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public SyncReport sync(SyncRequest request) {
    SyncReport report = first();
    while (report.outcome() == SyncOutcome.AWAITING && !stopped) {
      // Whatever it was until now, from here on it is an operation that a person looks for.
      Workflow.upsertTypedSearchAttributes(SearchAttributes.OPERATION.valueSet(NAME));
      Optional<Decision> decision =
          approval.awaitApproval("Schema", told(report), LOOK_AGAIN, () -> stopped);
      if (decision.isPresent()) {
        report = decided(report, decision.get());
      } else if (!stopped) {
        report = read(null);
      }
    }
    Workflow.setCurrentDetails(told(report));
    awaitHandlers();
    return report;
  }

  @Override
  public SyncReport awaitSynced() {
    return found.get();
  }

  @Override
  public void stop() {
    stopped = true;
  }

  private SyncReport first() {
    try {
      SyncReport report = read(null);
      found.complete(report);
      return report;
    } catch (ActivityFailure failure) {
      found.completeExceptionally(typed(failure));
      Workflow.setCurrentDetails("It failed; the catalogue keeps what it had.");
      awaitHandlers();
      throw failure;
    }
  }

  private static ApplicationFailure typed(ActivityFailure failure) {
    return Failures.find(failure)
        .orElseGet(
            () ->
                Failures.typeOf(failure) == FailureType.CANCELLED
                    ? Failures.of(FailureType.CANCELLED, "The sync was cancelled.")
                    : Failures.of(FailureType.TIMEOUT, "The schema was not read in time."));
  }

  /** Who waits must have the answer before the workflow closes. */
  private static void awaitHandlers() {
    Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
        .run();
  }

  /**
   * @param approved the digest of what somebody approved
   */
  private SyncReport read(@Nullable String approved) {
    Workflow.setCurrentDetails("Reading the schema.");
    return schemas.sync(new SyncOrder(database, approved));
  }

  private SyncReport decided(SyncReport waiting, Decision decision) {
    if (decision.decision() == Choice.APPROVE) {
      return read(waiting.digest());
    }
    long kept =
        schemas.reject(
            new RejectChange(
                database, waiting.digest(), text(decision.actor()), text(decision.reason())));
    return new SyncReport(
        SyncOutcome.REJECTED,
        kept,
        waiting.totals(),
        waiting.changes(),
        waiting.digest(),
        waiting.statements());
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String told(SyncReport report) {
    String found =
        "%d tables and views with %d columns."
            .formatted(report.totals().tables(), report.totals().columns());
    ChangeTotals changes = report.changes();
    return switch (report.outcome()) {
      case FIRST -> "Read for the first time: " + found;
      case UNCHANGED -> "Nothing changed: " + found;
      case CHANGED -> "Version %d: %s".formatted(report.version(), told(changes));
      case IGNORED -> "The target differs, which is ignored: " + told(changes);
      case AWAITING -> told(changes);
      case REJECTED -> "The target differs, which is not wanted: " + told(changes);
    };
  }

  private static String told(ChangeTotals changes) {
    return "%d tables or views added, %d removed, %d altered."
        .formatted(changes.added(), changes.removed(), changes.altered());
  }
}
