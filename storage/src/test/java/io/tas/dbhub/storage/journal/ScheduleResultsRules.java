package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.audit.AskedQuery;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schedule.RowDifference;
import io.tas.dbhub.storage.journal.ScheduleResult.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of the results of schedules in whichever database they are kept. */
abstract class ScheduleResultsRules {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final KeptRows ROWS =
      new KeptRows("[[\"id\",\"int4\"],[\"name\",\"text\"]]", List.of("[1,\"a\\nb\"]", "[2,null]"));

  private static final String HASH = "0a".repeat(32);

  private final Scope scope = new Scope("acme", "sales");
  private final String schedule = UUID.randomUUID().toString();
  private final DatabaseRef database = new DatabaseRef(UUID.randomUUID().toString(), scope);
  private Journal journal;
  private ScheduleResults results;

  /** Of a database that is empty before each test. */
  abstract String url();

  String username() {
    return "";
  }

  @BeforeEach
  void openJournal() {
    journal = Journal.open(url(), username(), "", PATIENCE);
    journal.migrate();
    results = journal.scheduleResults();
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  @Test
  void whatEndedIsThereWithItsRowsAndItsEntries() {
    ScheduleResult running = result(NOON, Status.RUNNING);
    RowDifference difference =
        new RowDifference("earlier", true, 2, 1, List.of("[1]", "[2]"), List.of("[\"\u2028\"]"));
    ScheduleResult ended = ended(running, Status.SUCCEEDED, difference);
    assertThat(results.begin(running)).isTrue();

    results.end(ended, ROWS, 10, record(running, ""));

    KeptResult kept = results.find(scope, schedule, running.id()).orElseThrow();
    assertThat(kept.result()).isEqualTo(ended);
    assertThat(kept.rows()).isEqualTo(ROWS);
    assertThat(results.lastSuccess(schedule, database)).contains(kept);
    assertThat(results.lastSuccessAt(schedule, database)).contains(NOON);
    assertThat(journal.queries().find(scope, running.id(), null))
        .hasValueSatisfying(
            found -> assertThat(found.query().asked().channel()).isEqualTo(QueryChannel.SCHEDULE));
    assertThat(journal.list(AuditQuery.of("acme", 10)).entries())
        .extracting(AuditEntry::id)
        .containsExactly(running.id());
  }

  @Test
  void oneThatBeganIsNotBegunAgainUnlessItIsTakenBack() {
    ScheduleResult running = result(NOON, Status.RUNNING);

    assertThat(results.begin(running)).isTrue();
    assertThat(results.begin(running)).isFalse();
    results.withdraw(running);

    assertThat(results.begin(running)).isTrue();
  }

  @Test
  void onlyWhoBeganItSoTakesItBack() {
    ScheduleResult writing = result(NOON, Status.RUNNING).running(true);
    results.begin(writing);

    results.withdraw(writing.running(false));

    assertThat(results.begin(writing)).isFalse();
  }

  @Test
  void howItEndedIsSaidOnceUnlessNobodyKnew() {
    ScheduleResult running = result(NOON, Status.RUNNING);
    results.begin(running);

    results.end(ended(running, Status.UNKNOWN, null), KeptRows.none(), 10, null);
    assertThat(status(running)).isEqualTo(Status.UNKNOWN);
    results.end(ended(running, Status.SUCCEEDED, null), ROWS, 10, null);
    assertThat(status(running)).isEqualTo(Status.SUCCEEDED);
    results.end(ended(running, Status.FAILED, null), KeptRows.none(), 10, null);
    results.end(ended(running, Status.UNKNOWN, null), KeptRows.none(), 10, null);
    results.withdraw(running);

    assertThat(status(running)).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void theLastAreKeptAndTheLastThatSucceeded() {
    ScheduleResult good = result(NOON, Status.SUCCEEDED);
    results.end(good, ROWS, 2, null);
    List<ScheduleResult> bad =
        IntStream.range(1, 5).mapToObj(i -> result(NOON.plusSeconds(i), Status.FAILED)).toList();
    bad.forEach(result -> results.end(result, KeptRows.none(), 2, null));
    ScheduleResult elsewhere =
        ScheduleResult.asked(
                UUID.randomUUID().toString(), scope, schedule, "another", "run", HASH, NOON)
            .without(Status.FAILED, "", 0);
    results.end(elsewhere, KeptRows.none(), 2, null);

    assertThat(list(10).results())
        .extracting(ScheduleResult::id)
        .containsExactlyInAnyOrder(bad.get(3).id(), bad.get(2).id(), good.id(), elsewhere.id());
    assertThat(results.lastSuccess(schedule, database))
        .hasValueSatisfying(kept -> assertThat(kept.rows()).isEqualTo(ROWS));
  }

  @Test
  void aListIsPagedNewestFirst() {
    List<String> ids =
        IntStream.range(0, 5)
            .mapToObj(i -> result(NOON.minusSeconds(i), Status.SUCCEEDED))
            .peek(result -> results.end(result, ROWS, 10, null))
            .map(ScheduleResult::id)
            .toList();

    ScheduleResultPage first = list(3);
    ScheduleResultPage second =
        results.list(
            new ScheduleResultFilter(scope, schedule, database.id(), "run", 3, first.nextCursor()));

    assertThat(first.results()).extracting(ScheduleResult::id).isEqualTo(ids.subList(0, 3));
    assertThat(second.results()).extracting(ScheduleResult::id).isEqualTo(ids.subList(3, 5));
    assertThat(second.nextCursor()).isNull();
    assertThat(
            results
                .list(new ScheduleResultFilter(scope, schedule, null, "other", 3, null))
                .results())
        .isEmpty();
  }

  @Test
  void nobodyElsewhereFindsAny() {
    ScheduleResult mine = result(NOON, Status.SUCCEEDED);
    results.end(mine, ROWS, 10, null);
    for (Scope stranger : List.of(new Scope("acme", "other"), new Scope("other", "sales"))) {
      assertThat(results.find(stranger, schedule, mine.id())).isEmpty();
      assertThat(results.lastSuccess(schedule, new DatabaseRef(database.id(), stranger))).isEmpty();
      assertThat(results.lastSuccessAt(schedule, new DatabaseRef(database.id(), stranger)))
          .isEmpty();
      results.forget(stranger, schedule);
      results.end(
          ScheduleResult.asked(mine.id(), stranger, schedule, database.id(), "run", HASH, NOON)
              .without(Status.FAILED, "", 0),
          KeptRows.none(),
          1,
          null);
    }
    assertThat(results.find(scope, "another", mine.id())).isEmpty();
    assertThat(status(mine)).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void allOfAScheduleGoesWithIt() {
    results.end(result(NOON, Status.SUCCEEDED), ROWS, 10, null);

    results.forget(scope, schedule);

    assertThat(list(10).results()).isEmpty();
    assertThat(results.lastSuccessAt(schedule, database)).isEmpty();
  }

  @Test
  void whatIsOldIsForgottenButNotWhenItSucceeded() {
    results.end(result(NOON, Status.SUCCEEDED), ROWS, 10, null);
    ScheduleResult later = result(NOON.plusSeconds(1), Status.FAILED);
    results.end(later, KeptRows.none(), 10, null);

    assertThat(results.forgetResults(NOON.plusSeconds(1), 10)).isEqualTo(1);

    assertThat(list(10).results()).extracting(ScheduleResult::id).containsExactly(later.id());
    assertThat(results.lastSuccessAt(schedule, database)).contains(NOON);
    assertThat(results.forgetSuccesses(NOON.plusSeconds(1), 10)).isEqualTo(1);
    assertThat(results.lastSuccessAt(schedule, database)).isEmpty();
  }

  @Test
  void whatWasToldOfAFailureIsKeptWhereTheTextIs() {
    ScheduleResult running = result(NOON, Status.RUNNING);
    results.end(
        ended(running, Status.FAILED, null),
        KeptRows.none(),
        10,
        record(running, "There is no table 'salaries'."));
    assertThat(list(10).results().get(0).error()).contains("salaries");

    journal.queries().storeText("acme", false, decided());
    journal.queries().forgetTexts(10);

    assertThat(list(10).results().get(0).error()).isEmpty();
  }

  @Test
  void anEarlierSuccessThatEndsLateDoesNotTurnBackTheClock() {
    results.end(result(NOON, Status.SUCCEEDED), ROWS, 10, null);
    results.end(result(NOON.minusSeconds(60), Status.SUCCEEDED), ROWS, 10, null);

    assertThat(results.lastSuccessAt(schedule, database)).contains(NOON);
  }

  private Status status(ScheduleResult result) {
    return results.find(scope, schedule, result.id()).orElseThrow().result().status();
  }

  private ScheduleResultPage list(int pageSize) {
    return results.list(new ScheduleResultFilter(scope, schedule, null, null, pageSize, null));
  }

  private ScheduleResult result(Instant startedAt, Status status) {
    ScheduleResult running =
        ScheduleResult.asked(
            UUID.randomUUID().toString(), scope, schedule, database.id(), "run", HASH, startedAt);
    return status == Status.RUNNING ? running : ended(running, status, null);
  }

  private static ScheduleResult ended(
      ScheduleResult running, Status status, @Nullable RowDifference difference) {
    return status == Status.SUCCEEDED
        ? running.succeeded(12, 2, true, difference)
        : running.without(status, "SqlRefused", 12);
  }

  private static QueryRecord record(ScheduleResult running, String error) {
    return AskedQuery.of(
            running.id(),
            running.scope(),
            "ada",
            "",
            QueryChannel.SCHEDULE,
            running.databaseId(),
            "orders",
            "SELECT 1",
            running.startedAt())
        .ended(
            error.isEmpty() ? QueryOutcome.SUCCEEDED : QueryOutcome.EXECUTION, 12, 2, true, error);
  }

  private AuditEntry decided() {
    return new AuditEntry(
        UUID.randomUUID().toString(),
        NOON,
        scope,
        "ada",
        "ChangeQuerySettings",
        "",
        "",
        AuditOutcome.SUCCEEDED,
        null,
        "",
        "");
  }
}
