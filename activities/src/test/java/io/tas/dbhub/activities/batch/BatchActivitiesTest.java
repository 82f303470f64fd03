package io.tas.dbhub.activities.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.BatchNews;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.core.batch.BatchWork;
import io.tas.dbhub.core.batch.RowFailure;
import io.tas.dbhub.core.batch.RowQuery;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.batch.RowTask;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ProvisionRequest;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.start.Requester;
import io.tas.dbhub.core.start.WorkflowStart;
import io.tas.dbhub.core.start.WorkflowStarts;
import io.tas.dbhub.storage.journal.BatchRow;
import io.tas.dbhub.storage.journal.BatchRowFilter;
import io.tas.dbhub.storage.journal.Batches;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.storage.journal.NewBatch;
import io.tas.dbhub.storage.journal.NewRow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.DynamicWorkflow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows with a real journal, and operations that a test says what they do. */
class BatchActivitiesTest {
  private static final Scope SCOPE = new Scope("acme", "sales");
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
  private static final Standing OLGA =
      new Standing("olga", true, Set.of("user:olga"), AccessLevel.MANAGE);
  private static final SealedCredentials SEALED = new SealedCredentials("c2VhbGVk");

  @TempDir private Path directory;
  private final String batch = UUID.randomUUID().toString();
  private final String id = UUID.randomUUID().toString();
  private final Map<String, Database> databases = new ConcurrentHashMap<>();
  private final Queue<ScriptedOperation.Act> acts = new ConcurrentLinkedQueue<>();
  private final List<String> begun = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();
  private final TestActivityEnvironment activities = TestActivityEnvironment.newInstance();
  private TestWorkflowEnvironment temporal;
  private WorkflowClient client;
  private Journal journal;
  private Batches batches;
  private BatchWork work;

  @BeforeEach
  void start() {
    journal = Journal.open("jdbc:sqlite:" + directory.resolve("journal.db"), "", "");
    journal.migrate();
    batches = journal.batches();
    // What waits for a person waits, and does not end with the time that is skipped.
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder().setUseTimeskipping(false);
    SearchAttributes.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    Worker worker = temporal.newWorker(TaskQueues.WORKFLOWS);
    worker.registerWorkflowImplementationFactory(
        DynamicWorkflow.class, () -> new ScriptedOperation(acts, begun));
    temporal.start();
    client = temporal.getWorkflowClient();
    activities.registerActivitiesImplementations(
        new BatchActivities(
            batches,
            new RowActions(
                new RowDatabases(
                    (scope, wanted) ->
                        databases.values().stream()
                            .filter(database -> database.definition().scope().equals(scope))
                            .filter(database -> database.id().equals(wanted))
                            .findFirst(),
                    (scope, name) ->
                        databases.values().stream()
                            .filter(database -> database.definition().name().equals(name))
                            .findFirst()),
                client),
            beats,
            Clock.systemUTC()));
    work = activities.newActivityStub(BatchWork.class);
  }

  @AfterEach
  void stop() {
    activities.close();
    temporal.close();
    beats.shutdownNow();
    journal.close();
  }

  @Test
  void aDatabaseIsMadeInTheNameOfWhoRanTheBatchWhoeverMadeIt() {
    batch(BatchKind.IMPORT, null, making(definition("shop", 100), SEALED));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.DONE);

    assertThat(begun).containsExactly("ProvisionDatabase");
    WorkflowExecutionDescription operation = operation();
    assertThat(row().operation()).isEqualTo(operationId(operation));
    assertThat(operation.<String>getMemo(Memos.REQUESTED_BY, String.class)).isEqualTo("olga");
    assertThat(operation.<String>getMemo(Memos.REQUESTED_FROM, String.class))
        .isEqualTo("batch " + batch);
  }

  @Test
  void aRowThatHasEndedIsAnsweredAndNothingIsBegun() {
    batch(BatchKind.IMPORT, null, making(definition("shop", 100), SEALED));
    work.run(task(OLGA));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.DONE);

    assertThat(begun).hasSize(1);
  }

  @Test
  void whatAnAttemptBeforeHasDoneIsFoundAndNotDoneAgain() {
    DatabaseDefinition wanted = definition("shop", 100);
    batch(BatchKind.IMPORT, null, making(wanted, SEALED));
    String earlier = begunBefore(wanted);
    // Somebody has changed it since.
    databases.put(id, database(definition("shop", 7)));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.DONE);

    assertThat(begun).hasSize(1);
    assertThat(row().operation()).isEqualTo(earlier);
  }

  @Test
  void whatAnAttemptBeforeHasFailedWithIsFoundToo() {
    DatabaseDefinition wanted = definition("shop", 100);
    batch(BatchKind.IMPORT, null, making(wanted, SEALED));
    acts.add(new ScriptedOperation.Fail(FailureType.NAME_TAKEN, "The name was faster."));
    String earlier = begunBefore(wanted);

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.FAILED);

    assertThat(begun).hasSize(1);
    assertThat(row())
        .extracting(BatchRow::code, BatchRow::message, BatchRow::operation)
        .containsExactly("NameTaken", "The name was faster.", earlier);
  }

  @Test
  void aRowThatIsTriedAgainIsAnotherRequest() {
    batch(BatchKind.IMPORT, null, making(definition("shop", 100), SEALED));
    acts.add(new ScriptedOperation.Fail(FailureType.KUBERNETES_REFUSED, "No room."));
    assertThat(work.run(task(OLGA))).isEqualTo(RowState.FAILED);
    batches.change(SCOPE, batch, Set.of(BatchState.RUNNING), BatchState.FAILED, NOON);
    batches.begin(SCOPE, batch, Set.of(RowState.FAILED), NOON);

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.DONE);

    assertThat(begun).hasSize(2);
  }

  @Test
  void anOperationThatWaitsForAPersonIsToldWithWhatItWaitsFor() {
    batch(BatchKind.DELETE, null, about(SEALED));
    databases.put(id, database(definition("shop", 100)));
    acts.add(new ScriptedOperation.Park("KubernetesRefused", "A policy refuses it."));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.ATTENTION);

    assertThat(row())
        .extracting(BatchRow::code, BatchRow::message, BatchRow::operation)
        .containsExactly("KubernetesRefused", "A policy refuses it.", operationId(operation()));
  }

  @Test
  void anotherOperationThatWaitsForAPersonIsNotWaitedFor() {
    Database database = database(definition("shop", 100));
    databases.put(id, database);
    batch(BatchKind.ROTATE, null, about(SEALED));
    acts.add(new ScriptedOperation.Park("KubernetesRefused", "A policy refuses it."));
    started(WorkflowStarts.deprovision(database, Requester.once("ada", "127.0.0.1")));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.FAILED);

    assertThat(row().code()).isEqualTo("OperationRunning");
    assertThat(begun).containsExactly("DeprovisionDatabase");
  }

  @Test
  void aNameThatIsThereIsUnchangedWhereItIsTheSameAndTakenWhereItIsNot() {
    String other = UUID.randomUUID().toString();
    databases.put(other, database(definition(other, "shop", 100)));
    batch(
        BatchKind.IMPORT,
        null,
        making(definition("shop", 100), SEALED),
        new NewRow(
            2, 2, "shop", "db", id, definition("shop", 5), SEALED, RowState.PENDING, List.of()));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.UNCHANGED);
    assertThat(work.run(new RowTask(batch, SCOPE, 2, OLGA))).isEqualTo(RowState.FAILED);

    assertThat(rows().get(1).code()).isEqualTo("NameTaken");
    assertThat(rows().get(1).message()).contains("max_rows").doesNotContain("100");
    assertThat(begun).isEmpty();
  }

  @Test
  void credentialsThatAreNotKeptAnyMoreAreSaidToBeNeeded() {
    batch(BatchKind.IMPORT, null, making(definition("shop", 100), null));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.FAILED);

    assertThat(row().code()).isEqualTo("CredentialsNeeded");
  }

  @Test
  void anUpdateThatChangesNothingIsNoOperation() {
    databases.put(id, database(definition("shop", 100)));
    batch(BatchKind.UPDATE, maxRows(100), about(null));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.UNCHANGED);

    assertThat(begun).isEmpty();
  }

  @Test
  void anUpdateIsMergedAnewWhenSomebodyWasFaster() {
    databases.put(id, database(definition("shop", 100)));
    batch(BatchKind.UPDATE, maxRows(5), about(null));
    acts.add(new ScriptedOperation.Fail(FailureType.REVISION_CHANGED, "It was changed."));
    acts.add(new ScriptedOperation.Fail(FailureType.REVISION_CHANGED, "It was changed."));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.DONE);

    assertThat(begun).hasSize(3);
  }

  @Test
  void anUpdateThatBreaksRulesSaysWhich() {
    databases.put(id, database(definition("shop", 100)));
    batch(BatchKind.UPDATE, maxRows(-1), about(null));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.FAILED);

    assertThat(row().code()).isEqualTo("Invalid");
    assertThat(row().message()).contains("max_rows");
  }

  @Test
  void whatAManifestOwnsIsNotChanged() {
    Database ours = database(definition("shop", 100));
    databases.put(
        id,
        new Database(
            ours.definition(),
            ours.secret(),
            ours.resource(),
            ours.status(),
            "",
            null,
            NOON,
            NOON,
            1,
            Origin.MANIFEST,
            Grants.byDefault()));
    batch(BatchKind.DELETE, null, about(null));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.FAILED);

    assertThat(row().code()).isEqualTo("OwnedByManifest");
    assertThat(begun).isEmpty();
  }

  @Test
  void whatIsGoneNeedNotBeDeleted() {
    batch(BatchKind.DELETE, null, about(null));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.UNCHANGED);
  }

  @Test
  void rightsAreLookedAtWithEachRow() {
    Grants grants = new Grants(List.of(new Grant("user:bob", AccessLevel.QUERY)), 1);
    databases.put(id, database(definition("shop", 100)).withGrants(grants));
    batch(BatchKind.DELETE, null, about(null), about(2, null));

    Standing bob = new Standing("bob", false, Set.of("user:bob"), AccessLevel.MANAGE);
    Standing eve = new Standing("eve", false, Set.of("user:eve"), AccessLevel.MANAGE);
    assertThat(work.run(task(bob))).isEqualTo(RowState.FAILED);
    assertThat(work.run(new RowTask(batch, SCOPE, 2, eve))).isEqualTo(RowState.UNCHANGED);

    assertThat(row().code()).isEqualTo("Forbidden");
    assertThat(begun).isEmpty();
  }

  @Test
  void whoMayNotMakeDatabasesMakesNone() {
    batch(BatchKind.IMPORT, null, making(definition("shop", 100), SEALED));

    Standing analyst = new Standing("ada", false, Set.of("user:ada"), AccessLevel.WRITE);
    assertThat(work.run(task(analyst))).isEqualTo(RowState.FAILED);

    assertThat(row().code()).isEqualTo("Forbidden");
    assertThat(begun).isEmpty();
  }

  @Test
  void whatIsSetAsideIsNeitherTestedNorRead() {
    DatabaseDefinition shop = definition("shop", 100);
    databases.put(
        id,
        database(
            new DatabaseDefinition(
                id, SCOPE, "ada", "shop", shop.target(), shop.policy(), Map.of(), "", "", false)));
    batch(BatchKind.SYNC, null, about(null));

    assertThat(work.run(task(OLGA))).isEqualTo(RowState.FAILED);

    assertThat(row().code()).isEqualTo("Inactive");
  }

  @Test
  void aRowThatIsGivenUpHasFailed() {
    batch(BatchKind.TEST, null, about(null));

    work.giveUp(new RowFailure(task(OLGA), "Internal", "It was not to be."));
    work.giveUp(new RowFailure(task(OLGA), "Other", "A second attempt."));

    assertThat(row())
        .extracting(BatchRow::state, BatchRow::code, BatchRow::message)
        .containsExactly(RowState.FAILED, "Internal", "It was not to be.");
  }

  @Test
  void howFarABatchIsIsToldOnceAndStaysAtItsEnd() {
    batch(BatchKind.TEST, null, about(null));

    work.tell(new BatchNews(batch, SCOPE, 1, BatchState.COMPLETED));
    work.tell(new BatchNews(batch, SCOPE, 1, BatchState.COMPLETED));

    assertThat(state()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void aBatchThatWasCancelledBeforeItsRunBeganHasNothingDone() {
    batch(BatchKind.TEST, null, about(null));
    batches.change(SCOPE, batch, Set.of(BatchState.RUNNING), BatchState.CANCELLED, NOON);

    assertThatThrownBy(() -> work.tell(new BatchNews(batch, SCOPE, 1, BatchState.RUNNING)))
        .satisfies(thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.NOT_FOUND));

    assertThat(state()).isEqualTo(BatchState.CANCELLED);
  }

  @Test
  void theEndOfARunThatIsRepeatedDoesNotEndTheNext() {
    batch(BatchKind.TEST, null, about(null));
    work.tell(new BatchNews(batch, SCOPE, 1, BatchState.STOPPED));
    batches.begin(SCOPE, batch, Set.of(), NOON);

    work.tell(new BatchNews(batch, SCOPE, 1, BatchState.STOPPED));

    assertThat(state()).isEqualTo(BatchState.RUNNING);
  }

  @Test
  void whatFailedInAnotherRunIsNotForgottenAtTheEnd() {
    batch(BatchKind.TEST, null, about(1, null), about(2, null));
    work.giveUp(new RowFailure(task(OLGA), "Internal", "It was not to be."));
    batches.change(SCOPE, batch, Set.of(BatchState.RUNNING), BatchState.STOPPED, NOON);
    batches.begin(SCOPE, batch, Set.of(), NOON);

    work.tell(new BatchNews(batch, SCOPE, 2, BatchState.COMPLETED));

    assertThat(state()).isEqualTo(BatchState.FAILED);
  }

  @Test
  void aBatchThatIsGoneIsNotFound() {
    for (Runnable call :
        List.<Runnable>of(
            () -> work.find(new RowQuery(batch, SCOPE, 0, 10)),
            () -> work.run(task(OLGA)),
            () -> work.tell(new BatchNews(batch, SCOPE, 1, BatchState.RUNNING)),
            () -> work.giveUp(new RowFailure(task(OLGA), "Internal", "")))) {
      assertThatThrownBy(call::run)
          .satisfies(
              thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.NOT_FOUND));
    }
  }

  private WorkflowExecution started(WorkflowStart start) {
    WorkflowStub stub = client.newUntypedWorkflowStub(start.type(), start.options());
    return stub.start(start.request());
  }

  /** As an attempt that died after it had begun the operation, which has ended meanwhile. */
  private String begunBefore(DatabaseDefinition wanted) {
    RowTask task = task(OLGA);
    RowRequest row = new RowRequest(task, batches.take(SCOPE, batch, 1, NOON).orElseThrow());
    WorkflowExecution execution =
        started(
            WorkflowStarts.provision(
                new ProvisionRequest(wanted, SEALED, true), row.requester(1), true));
    await()
        .until(
            () ->
                operation().getStatus()
                    != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    return WorkflowIds.operation(execution.getWorkflowId(), execution.getRunId());
  }

  private WorkflowExecutionDescription operation() {
    return client.newUntypedWorkflowStub(WorkflowIds.database(id)).describe();
  }

  private static String operationId(WorkflowExecutionDescription found) {
    return WorkflowIds.operation(
        found.getExecution().getWorkflowId(), found.getExecution().getRunId());
  }

  private void batch(BatchKind kind, @Nullable BatchUpdate update, NewRow... rows) {
    batches.create(
        new NewBatch(
            batch, SCOPE, kind, "", "who made it", "127.0.0.1", BatchLimits.DEFAULT, update, NOON));
    batches.add(SCOPE, batch, List.of(rows));
    batches.change(SCOPE, batch, Set.of(BatchState.LOADING), BatchState.CHECKED, NOON);
    batches.begin(SCOPE, batch, Set.of(), NOON);
  }

  private static NewRow making(DatabaseDefinition wanted, @Nullable SealedCredentials credentials) {
    return new NewRow(
        1, 1, wanted.name(), "db", wanted.id(), wanted, credentials, RowState.PENDING, List.of());
  }

  private NewRow about(@Nullable SealedCredentials credentials) {
    return about(1, credentials);
  }

  private NewRow about(long number, @Nullable SealedCredentials credentials) {
    return new NewRow(number, 0, "shop", "db", id, null, credentials, RowState.PENDING, List.of());
  }

  private RowTask task(Standing standing) {
    return new RowTask(batch, SCOPE, 1, standing);
  }

  private BatchState state() {
    return batches.find(SCOPE, batch).orElseThrow().state();
  }

  private BatchRow row() {
    return rows().get(0);
  }

  private List<BatchRow> rows() {
    return batches.rows(new BatchRowFilter(SCOPE, batch, Set.of(), 0, 10));
  }

  private static BatchUpdate maxRows(int rows) {
    return new BatchUpdate(Map.of(), List.of(), null, rows, null, null, null);
  }

  private DatabaseDefinition definition(String name, int maxRows) {
    return definition(id, name, maxRows);
  }

  private static DatabaseDefinition definition(String id, String name, int maxRows) {
    return new DatabaseDefinition(
        id,
        SCOPE,
        "ada",
        name,
        new Target(DatabaseType.POSTGRES, "db.example", 5432, "shop", SslMode.REQUIRE, 10, 30),
        new AccessPolicy(true, maxRows),
        Map.of(),
        "",
        "",
        true);
  }

  private static Database database(DatabaseDefinition definition) {
    return new Database(
        definition,
        new ResourceRef("databases", "secret"),
        new ResourceRef("databases", "resource"),
        DatabaseStatus.CONNECTED,
        "",
        null,
        NOON,
        NOON,
        1);
  }
}
