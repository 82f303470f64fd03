package io.tas.dbhub.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.activities.jdbc.query.QueryRunner;
import io.tas.dbhub.activities.jdbc.query.QueryRunnerSettings;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.schedule.ItemOutcome;
import io.tas.dbhub.core.schedule.ItemResult;
import io.tas.dbhub.core.schedule.QueryItem;
import io.tas.dbhub.core.schedule.QueryParameter;
import io.tas.dbhub.core.schedule.ScheduledQueries;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.gate.ReadOnlyGate;
import io.tas.dbhub.gate.order.QueryJudge;
import io.tas.dbhub.storage.inventory.QueryTarget;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.storage.journal.KeptResult;
import io.tas.dbhub.storage.journal.PastQuery;
import io.tas.dbhub.storage.journal.QueryFilter;
import io.tas.dbhub.storage.journal.QueryRates;
import io.tas.dbhub.storage.journal.ScheduleResult;
import io.tas.dbhub.storage.journal.ScheduleResult.Status;
import io.tas.dbhub.storage.journal.ScheduleResultFilter;
import io.temporal.activity.Activity;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries of schedules on a real SQLite, with a real journal. All attempts here are of one run. */
class TargetQueriesTest {
  private static final Scope SCOPE = new Scope("acme", "sales");
  private static final Standing ADA =
      new Standing("ada", false, Set.of("user:ada"), AccessLevel.MANAGE);
  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

  @TempDir private Path directory;
  private final String schedule = UUID.randomUUID().toString();
  private final DatabaseRef ref = new DatabaseRef(UUID.randomUUID().toString(), SCOPE);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
  private AccessPolicy policy = new AccessPolicy(true, 100_000);
  private AccessLevel level = AccessLevel.WRITE;
  private boolean served = true;
  private int perHour = 100;
  private int concurrent = 4;
  private Path file;
  private Journal journal;
  private TargetProber prober;
  private QueryRunner runner;

  @BeforeEach
  void start() throws Exception {
    file = Files.createDirectories(directory.resolve("acme")).resolve("shop.db");
    sql("CREATE TABLE item (id INTEGER PRIMARY KEY)");
    sql("INSERT INTO item VALUES (1), (2)");
    journal = Journal.open("jdbc:sqlite:" + directory.resolve("journal.db"), "", "");
    journal.migrate();
    prober =
        new TargetProber(
            new ProbeSettings(
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                4,
                true,
                List.of(),
                Optional.of(directory),
                Optional.empty()));
  }

  @AfterEach
  void stop() {
    temporal.close();
    clock.shutdownNow();
    if (runner != null) {
      runner.close();
    }
    prober.close();
    journal.close();
  }

  @Test
  void whatIsAskedIsKeptAndWrittenDownOnce() {
    ScheduledQueries queries = queries();

    assertThat(queries.run(item("SELECT id FROM item ORDER BY id"))).isEqualTo(done());
    assertThat(queries.run(item("SELECT id FROM item ORDER BY id")))
        .as("an attempt whose answer was lost")
        .isEqualTo(done());

    KeptResult kept = kept();
    assertThat(kept.result().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(kept.result().rows()).isEqualTo(2);
    assertThat(kept.rows().rows()).containsExactly("[1]", "[2]");
    assertThat(kept.rows().columns()).isEqualTo("[[\"id\",\"integer\"]]");
    assertThat(history())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.asked().channel()).isEqualTo(QueryChannel.SCHEDULE);
              assertThat(record.asked().actor()).isEqualTo("ada");
              assertThat(record.asked().source()).isEqualTo("schedule " + schedule);
              assertThat(record.outcome()).isEqualTo(QueryOutcome.SUCCEEDED);
              assertThat(record.asked().id()).isEqualTo(kept.result().id());
            });
  }

  @Test
  void aWriteThatWasBegunIsNotBegunAgain() throws SQLException {
    policy = new AccessPolicy(false, 100);
    ScheduledQueries queries = queries();
    ScheduleResult begun = began(true);

    ItemResult result = queries.run(item("INSERT INTO item VALUES (3)"));

    assertThat(result).isEqualTo(failed("WorkerUnavailable"));
    assertThat(kept().result().status()).isEqualTo(Status.UNKNOWN);
    assertThat(kept().result().id()).isEqualTo(begun.id());
    assertThat(count()).isEqualTo(2);
    assertThat(history()).extracting(QueryRecord::outcome).contains(QueryOutcome.UNKNOWN);
  }

  @Test
  void aWriteWhoseTargetBrokeOffIsUnknown() {
    QueryLedger ledger = new QueryLedger(journal.scheduleResults(), Clock.systemUTC());
    QueryItem item = item("INSERT INTO item VALUES (3)");
    QueryLedger.Entry begun =
        ledger.begin(
            ledger.entry(item, found().database(), TargetQueries.id("run", ref.id())), true, false);

    ItemResult result =
        ledger.unknown(
            begun, new QueryError(QueryErrorKind.CONNECTION, "The database broke off.", null));

    assertThat(result).isEqualTo(failed("TargetFailed"));
    assertThat(kept().result().status()).isEqualTo(Status.UNKNOWN);
    assertThat(kept().result().error()).isEqualTo("The database broke off.");
    assertThat(history()).extracting(QueryRecord::outcome).containsExactly(QueryOutcome.UNKNOWN);
  }

  @Test
  void aReadThatWasBegunIsAskedAgainAndCountedOnce() {
    perHour = 1;
    ScheduledQueries queries = queries();
    began(false);

    assertThat(queries.run(item("SELECT 1"))).isEqualTo(done());

    assertThat(kept().rows().rows()).containsExactly("[1]");
    journal.scheduleResults().forget(SCOPE, schedule);
    assertThat(queries.run(item("SELECT 1"))).as("the one that is left").isEqualTo(done());
  }

  @Test
  void whoHasAskedEnoughAsksNoMore() {
    perHour = 1;
    ScheduledQueries queries = queries();
    queries.run(item("SELECT 1"));
    journal.scheduleResults().forget(SCOPE, schedule);

    assertThat(queries.run(item("SELECT 1"))).isEqualTo(failed("TooManyRequests"));

    assertThat(kept().result().code()).isEqualTo("TooManyRequests");
    assertThat(history()).hasSize(1);
  }

  @Test
  void aWriteIsRefusedWhereNothingMayBeWritten() throws SQLException {
    ScheduledQueries queries = queries();

    assertThat(queries.run(item("DELETE FROM item"))).isEqualTo(failed("NotReadOnly"));

    assertThat(count()).isEqualTo(2);
    assertThat(kept().result().status()).isEqualTo(Status.FAILED);
    assertThat(history()).extracting(QueryRecord::outcome).containsExactly(QueryOutcome.READONLY);
  }

  @Test
  void whoMayOnlyReadWritesNothingOnAWritableConnection() throws SQLException {
    policy = new AccessPolicy(false, 100);
    level = AccessLevel.QUERY;

    assertThat(queries().run(item("DELETE FROM item")).code()).isEqualTo("NotReadOnly");

    assertThat(count()).isEqualTo(2);
  }

  @Test
  void whoMayNotQueryIsPassedOverAndNothingIsWrittenDown() {
    level = AccessLevel.VIEW;

    assertThat(queries().run(item("SELECT 1")))
        .isEqualTo(new ItemResult(ItemOutcome.SKIPPED, "Forbidden"));

    assertThat(results()).isEmpty();
    assertThat(history()).isEmpty();
  }

  @Test
  void whatNothingServesIsAskedLater() {
    served = false;
    ScheduledQueries queries = queries();

    assertThatThrownBy(() -> queries.run(item("SELECT 1")))
        .satisfies(
            thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.DBHUB_UNAVAILABLE));

    assertThat(results()).isEmpty();
  }

  @Test
  void aWorkerThatIsBusyBeginsNothing() {
    concurrent = 0;
    ScheduledQueries queries = queries();

    assertThatThrownBy(() -> queries.run(item("SELECT 1")))
        .satisfies(thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.BUSY));

    assertThat(results()).isEmpty();
  }

  @Test
  void aRunThatIsCancelledEndsItsStatement() {
    ScheduledQueries queries = queries();
    CompletableFuture<ItemResult> asked =
        CompletableFuture.supplyAsync(() -> queries.run(item(ENDLESS)));
    await().until(() -> runner.running() == 1);

    temporal.requestCancelActivity();

    await().until(() -> results().get(0).status() == Status.FAILED);
    assertThat(results().get(0).code()).isEqualTo("Cancelled");
    assertThat(runner.running()).isZero();
    assertThat(asked).isDone();
  }

  @Test
  void anAnswerIsCutWhereItIsTooLarge() {
    String sql =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50)"
            + " SELECT i, hex(zeroblob(50000)) FROM n";

    assertThat(queries().run(item(sql)).outcome()).isEqualTo(ItemOutcome.DONE);

    assertThat(kept().result().truncated()).isTrue();
    assertThat(kept().result().rows()).isEqualTo(kept().rows().rows().size()).isBetween(5L, 10L);
  }

  @Test
  void theMomentOfTheLastSuccessIsAlwaysWrittenAsLong() {
    ScheduleResult before =
        ScheduleResult.asked(
            UUID.randomUUID().toString(),
            SCOPE,
            schedule,
            ref.id(),
            "run",
            "0a".repeat(32),
            Instant.parse("2026-05-05T12:00:00Z"));
    journal
        .scheduleResults()
        .end(
            before.succeeded(1, 0, false, null),
            new io.tas.dbhub.storage.journal.KeptRows("[]", List.of("[\"old\"]")),
            10,
            null);
    ScheduledQuery query =
        new ScheduledQuery(
            "SELECT ?, ?",
            List.of(new QueryParameter("\"never\"", true), new QueryParameter("1.50", false)),
            null,
            null,
            10,
            null);

    ItemResult result = queries().run(new QueryItem(schedule, "run", ref, query, ADA));

    assertThat(result.outcome()).isEqualTo(ItemOutcome.CHANGED);
    assertThat(kept().rows().rows().get(0)).startsWith("[\"2026-05-05T12:00:00.000Z\",");
    assertThat(kept().result().difference())
        .satisfies(
            difference -> {
              assertThat(difference.comparedWith()).isEqualTo(before.id());
              assertThat(difference.firstRemoved()).containsExactly("[\"old\"]");
            });
  }

  private ItemResult done() {
    return new ItemResult(ItemOutcome.DONE, "", TargetQueries.id("run", ref.id()));
  }

  private ItemResult failed(String code) {
    return new ItemResult(ItemOutcome.FAILED, code, TargetQueries.id("run", ref.id()));
  }

  /** As an attempt leaves it that died after it began. */
  private ScheduleResult began(boolean writes) {
    ScheduleResult begun =
        ScheduleResult.asked(
                TargetQueries.id("run", ref.id()),
                SCOPE,
                schedule,
                ref.id(),
                "workflow",
                "0a".repeat(32),
                Instant.now())
            .running(writes);
    assertThat(journal.scheduleResults().begin(begun)).isTrue();
    return begun;
  }

  private ScheduledQueries queries() {
    runner =
        new QueryRunner(
            resource ->
                new io.tas.dbhub.activities.kubernetes.Connection.Found(
                    target(), new Credentials("", ""), 1, null),
            prober.connector(),
            new QueryRunnerSettings(concurrent, 16, 8, Duration.ofMinutes(1)));
    TargetQueries queries =
        new TargetQueries(
            (scope, id) -> Optional.of(found()),
            runner,
            new QueryJudge(new ReadOnlyGate()),
            new QueryRates(perHour, Optional.empty(), new MetricRegistry()),
            new QueryLedger(journal.scheduleResults(), Clock.systemUTC()),
            Duration.ofMinutes(1),
            clock);
    temporal.registerActivitiesImplementations(new InOneRun(queries));
    return temporal.newActivityStub(ScheduledQueries.class);
  }

  /** The environment would take each call for a run of its own. */
  private record InOneRun(TargetQueries queries) implements ScheduledQueries {
    @Override
    public ItemResult run(QueryItem item) {
      return queries.run(item, "run", Activity.getExecutionContext());
    }
  }

  private static Target target() {
    return new Target(DatabaseType.SQLITE, "", 0, "acme/shop.db", SslMode.DISABLE, 20, 20);
  }

  private QueryTarget found() {
    ResourceRef resource = new ResourceRef("ns", "db");
    Database database =
        new Database(
            new DatabaseDefinition(
                ref.id(), SCOPE, "owner", "shop", target(), policy, Map.of(), "", "", true),
            resource,
            resource,
            DatabaseStatus.CONNECTED,
            "",
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            1,
            Origin.REST,
            new Grants(List.of(new Grant("user:ada", level)), 1));
    return new QueryTarget(
        database,
        served
            ? Optional.of(
                new ServingEndpoint(
                    resource, "http://dbhub", "db_1", new AccessPolicy(false, 100_000)))
            : Optional.empty());
  }

  private QueryItem item(String sql) {
    return new QueryItem(
        schedule, "run", ref, new ScheduledQuery(sql, List.of(), null, null, 10, null), ADA);
  }

  private List<ScheduleResult> results() {
    return journal
        .scheduleResults()
        .list(new ScheduleResultFilter(SCOPE, schedule, null, null, 10, null))
        .results();
  }

  private KeptResult kept() {
    return journal.scheduleResults().find(SCOPE, schedule, results().get(0).id()).orElseThrow();
  }

  private List<QueryRecord> history() {
    return journal.queries().list(QueryFilter.of(SCOPE, "ada", 10)).queries().stream()
        .map(PastQuery::query)
        .toList();
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private int count() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT count(*) FROM item")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
