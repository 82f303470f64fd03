package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.batch.WaitingRows;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.sealing.SealedCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of batches in whichever database they are kept. */
abstract class BatchesRules {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00.123Z");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final BatchUpdate UPDATE =
      new BatchUpdate(Map.of("team", "käufe"), List.of("old"), true, 10, null, null, null);

  private final Scope scope = new Scope("tenant-" + UUID.randomUUID(), "space");
  private final String id = UUID.randomUUID().toString();
  private Journal journal;
  private Batches batches;

  /** Of a database that is empty before each test. */
  abstract String url();

  String username() {
    return "";
  }

  @BeforeEach
  void openJournal() {
    journal = Journal.open(url(), username(), "", PATIENCE);
    journal.migrate();
    batches = journal.batches();
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  @Test
  void nobodySeesABatchThatIsLoading() {
    batches.create(batch(scope, id));
    batches.add(scope, id, List.of(row(1, RowState.PENDING)));

    assertThat(batches.find(scope, id)).isEmpty();
    assertThat(batches.list(scope, 10, null).batches()).isEmpty();
    assertThat(batches.take(scope, id, 1, NOON)).isEmpty();
    assertThat(batches.begin(scope, id, Set.of(), NOON)).isEmpty();
    assertThat(batches.delete(scope, id)).isFalse();

    load();

    assertThat(batches.find(scope, id)).isPresent();
  }

  @Test
  void whatIsWrittenIsFoundAsItWas() {
    DatabaseDefinition definition = definition("Käufe 🐘");
    batches.create(batch(scope, id));
    NewRow bad =
        new NewRow(
            2,
            7,
            "",
            "",
            null,
            null,
            null,
            RowState.INVALID,
            List.of(new Violation("name", "a name 'ä' is missing")));
    batches.add(
        scope,
        id,
        List.of(
            new NewRow(
                1,
                3,
                definition.name(),
                "db.example",
                definition.id(),
                definition,
                new SealedCredentials("c2VhbGVk"),
                RowState.PENDING,
                List.of()),
            bad));
    load();

    Batch found = batches.find(scope, id).orElseThrow();
    assertThat(found)
        .isEqualTo(
            new Batch(
                id,
                scope,
                BatchKind.IMPORT,
                "estate.csv",
                "ada",
                "127.0.0.1",
                BatchState.CHECKED,
                0,
                new BatchLimits(3, 2, 1),
                UPDATE,
                NOON,
                null,
                null,
                Map.of(RowState.PENDING, 1L, RowState.INVALID, 1L),
                0));
    assertThat(rows())
        .containsExactly(
            new BatchRow(
                1,
                3,
                definition.name(),
                "db.example",
                definition.id(),
                RowState.PENDING,
                List.of(),
                "",
                "",
                null,
                null,
                null),
            new BatchRow(
                2, 7, "", "", null, RowState.INVALID, bad.violations(), "", "", null, null, null));
    batches.begin(scope, id, Set.of(), NOON);
    assertThat(batches.take(scope, id, 1, NOON))
        .contains(
            new RowWork(
                BatchKind.IMPORT,
                UPDATE,
                1,
                RowState.RUNNING,
                definition.name(),
                definition.id(),
                definition,
                new SealedCredentials("c2VhbGVk")));
  }

  @Test
  void rowsAreAddedAllOfThemOrNone() {
    batches.create(batch(scope, id));
    batches.add(scope, id, List.of(row(1, RowState.PENDING)));
    NewRow impossible =
        new NewRow(
            3, 3, "c", "", null, null, new SealedCredentials("a\0b"), RowState.PENDING, List.of());
    batches.add(scope, id, List.of(named(1, "other"), row(2, RowState.PENDING)));

    if (refusesNul()) {
      assertThatThrownBy(
              () -> batches.add(scope, id, List.of(row(4, RowState.PENDING), impossible)))
          .isInstanceOf(JournalUnavailableException.class);
    }

    load();
    assertThat(rows()).extracting(BatchRow::name).containsExactly("row 1", "row 2");
    assertThat(batches.add(scope, id, List.of(row(9, RowState.PENDING)))).isFalse();
  }

  /** What a text column cannot hold makes a statement fail. */
  boolean refusesNul() {
    return false;
  }

  @Test
  void aNameIsTakenByExactlyTheSameName() {
    String longest = "🐘".repeat(255);
    batches.create(batch(scope, id));
    batches.add(
        scope, id, List.of(named(1, "Orders"), named(2, ""), named(3, "a%"), named(4, longest)));

    assertThat(
            batches.taken(
                scope,
                id,
                List.of("Orders", "orders", "Orders ", "", "ab", "a%", longest, "🐘".repeat(254))))
        .containsExactlyInAnyOrder("Orders", "a%", longest);
    assertThat(batches.taken(scope, UUID.randomUUID().toString(), List.of("Orders"))).isEmpty();
    List<String> many = new ArrayList<>(Collections.nCopies(3, "Orders"));
    for (int i = 0; i < 40_000; i++) {
      many.add("x" + i);
    }
    assertThat(batches.taken(scope, id, many)).containsExactly("Orders");
  }

  @Test
  void aHostileRowIsKeptWithinBounds() {
    String endless = "x\0\uD83D".repeat(100_000);
    batches.create(batch(scope, id));
    batches.add(
        scope,
        id,
        List.of(
            new NewRow(
                1,
                1,
                endless,
                endless,
                endless,
                null,
                null,
                RowState.INVALID,
                Collections.nCopies(500, new Violation(endless, endless)))));
    load();

    BatchRow row = rows().get(0);
    assertThat(row.violations()).hasSize(20);
    assertThat(row.toString().length()).isLessThan(20_000);
    assertThat(batches.taken(scope, id, List.of(endless))).containsExactly(endless);
  }

  @Test
  void otherTenantsAndSpacesNeverReachIt() {
    loaded(row(1, RowState.PENDING));
    for (Scope foreign :
        List.of(
            new Scope("tenant-" + UUID.randomUUID(), scope.spaceId()),
            new Scope(scope.tenantId(), "other"))) {
      assertThat(batches.find(foreign, id)).isEmpty();
      assertThat(batches.list(foreign, 10, null).batches()).isEmpty();
      assertThat(batches.rows(new BatchRowFilter(foreign, id, Set.of(), 0, 10))).isEmpty();
      assertThat(batches.waiting(foreign, id, 0, 10).rows()).isEmpty();
      assertThat(batches.taken(foreign, id, List.of("row 1"))).isEmpty();
      assertThat(batches.take(foreign, id, 1, NOON)).isEmpty();
      assertThat(batches.begin(foreign, id, Set.of(), NOON)).isEmpty();
      assertThat(
              batches.change(foreign, id, EnumSet.allOf(BatchState.class), BatchState.FAILED, NOON))
          .isFalse();
      batches.end(foreign, id, 1, new RowEnd(RowState.DONE, "", "", null), NOON);
      assertThat(batches.delete(foreign, id)).isFalse();
    }
    assertThat(batches.find(scope, id).orElseThrow().state()).isEqualTo(BatchState.CHECKED);
    assertThat(rows()).extracting(BatchRow::state).containsExactly(RowState.PENDING);
  }

  @Test
  void aBatchIsUnderWayFromItsBeginningToItsEnd() {
    loaded();
    assertThat(batches.underWay(scope)).isZero();
    batches.begin(scope, id, Set.of(), NOON);
    assertThat(batches.underWay(scope)).isEqualTo(1);
    assertThat(batches.underWay(new Scope(scope.tenantId(), "other"))).isZero();
    change(BatchState.RUNNING, BatchState.PAUSED);
    assertThat(batches.underWay(scope)).isEqualTo(1);
    change(BatchState.PAUSED, BatchState.STOPPED);
    assertThat(batches.underWay(scope)).isZero();
  }

  @Test
  void aStateChangesOnlyFromThoseThatWereNamed() {
    loaded();
    assertThat(change(BatchState.PAUSED, BatchState.RUNNING)).isFalse();
    assertThat(batches.begin(scope, id, Set.of(), NOON)).contains(1);
    assertThat(batches.begin(scope, id, Set.of(), NOON)).isEmpty();
    assertThat(change(BatchState.RUNNING, BatchState.PAUSED)).isTrue();
    assertThat(batches.find(scope, id).orElseThrow().endedAt()).isNull();
    assertThat(
            batches.change(
                scope,
                id,
                Set.of(BatchState.RUNNING, BatchState.PAUSED),
                BatchState.COMPLETED,
                NOON.plusSeconds(5)))
        .isTrue();

    Batch ended = batches.find(scope, id).orElseThrow();
    assertThat(ended.startedAt()).isEqualTo(NOON);
    assertThat(ended.endedAt()).isEqualTo(NOON.plusSeconds(5));
    assertThat(change(BatchState.RUNNING, BatchState.FAILED)).isFalse();
    batches.begin(scope, id, Set.of(), NOON.plusSeconds(9));
    Batch again = batches.find(scope, id).orElseThrow();
    assertThat(again.startedAt()).isEqualTo(NOON.plusSeconds(9));
    assertThat(again.endedAt()).isNull();
  }

  @Test
  void whatARunTellsIsOfThatRunOnly() {
    loaded();
    batches.begin(scope, id, Set.of(), NOON);
    assertThat(batches.tell(scope, id, 1, BatchState.STOPPED, NOON)).isTrue();
    batches.begin(scope, id, Set.of(), NOON);

    assertThat(batches.tell(scope, id, 1, BatchState.STOPPED, NOON)).isFalse();

    Batch second = batches.find(scope, id).orElseThrow();
    assertThat(second.state()).isEqualTo(BatchState.RUNNING);
    assertThat(second.run()).isEqualTo(2);
    assertThat(batches.tell(scope, id, 2, BatchState.PAUSED, NOON)).isTrue();
    assertThat(batches.tell(scope, id, 0, BatchState.COMPLETED, NOON)).isTrue();
    assertThat(batches.tell(scope, id, 2, BatchState.RUNNING, NOON)).isFalse();
    assertThat(batches.find(scope, id).orElseThrow().state()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void aRowIsTakenOnceAndAnsweredAgainToWhomItWasTakenFrom() throws Exception {
    loaded(row(1, RowState.PENDING), row(2, RowState.UNCHANGED));
    batches.begin(scope, id, Set.of(), NOON);
    List<Callable<RowWork>> takers =
        Collections.nCopies(8, () -> batches.take(scope, id, 1, NOON).orElseThrow());
    ExecutorService threads = Executors.newFixedThreadPool(takers.size());
    try {
      for (Future<RowWork> taken : threads.invokeAll(takers)) {
        assertThat(taken.get().state()).isEqualTo(RowState.RUNNING);
        assertThat(taken.get().run()).isEqualTo(1);
      }
    } finally {
      threads.shutdown();
    }
    batches.take(scope, id, 1, NOON.plusSeconds(60));

    assertThat(rows().get(0).startedAt()).isEqualTo(NOON);
    assertThat(batches.take(scope, id, 2, NOON).orElseThrow().state())
        .isEqualTo(RowState.UNCHANGED);
    assertThat(batches.take(scope, id, 3, NOON)).isEmpty();
    assertThat(batches.waiting(scope, id, 0, 10).rows())
        .containsExactly(new WaitingRows.Row(1, "host"));
  }

  @Test
  void onlyWhatMayBeTriedAgainKeepsItsCredentials() {
    RowState[] ends = {RowState.DONE, RowState.UNCHANGED, RowState.FAILED, RowState.ATTENTION};
    loaded(
        sealed(1, RowState.PENDING),
        sealed(2, RowState.PENDING),
        sealed(3, RowState.PENDING),
        sealed(4, RowState.PENDING));
    batches.begin(scope, id, Set.of(), NOON);
    for (int i = 0; i < ends.length; i++) {
      batches.take(scope, id, i + 1, NOON);
      batches.end(
          scope, id, i + 1, new RowEnd(ends[i], "Code", "words", "op"), NOON.plusSeconds(1));
      // An attempt that was thought dead.
      batches.end(scope, id, i + 1, new RowEnd(RowState.FAILED, "Late", "", null), NOON);
    }

    assertThat(rows()).extracting(BatchRow::state).containsExactly(ends);
    assertThat(rows())
        .allSatisfy(
            row -> {
              assertThat(row.code()).isEqualTo("Code");
              assertThat(row.message()).isEqualTo("words");
              assertThat(row.operation()).isEqualTo("op");
              assertThat(row.endedAt()).isEqualTo(NOON.plusSeconds(1));
            });
    assertThat(work(1).sealed()).isNull();
    assertThat(work(2).sealed()).isNull();
    assertThat(work(3).sealed()).isNotNull();
    assertThat(work(4).sealed()).isNotNull();
  }

  @Test
  void rowsThatAreTriedAgainWaitAnewAndAreOfAnotherRun() {
    loaded(row(1, RowState.PENDING), row(2, RowState.PENDING), row(3, RowState.INVALID));
    batches.begin(scope, id, Set.of(), NOON);
    for (long number = 1; number <= 2; number++) {
      RowState state = number == 1 ? RowState.FAILED : RowState.DONE;
      batches.take(scope, id, number, NOON);
      batches.end(scope, id, number, new RowEnd(state, "X", "y", null), NOON);
    }
    assertThat(batches.begin(scope, id, Set.of(RowState.FAILED), NOON)).isEmpty();
    change(BatchState.RUNNING, BatchState.FAILED);

    assertThat(batches.begin(scope, id, Set.of(RowState.FAILED), NOON.plusSeconds(1))).contains(2);
    assertThat(rows())
        .extracting(BatchRow::state)
        .containsExactly(RowState.PENDING, RowState.DONE, RowState.INVALID);
    assertThat(rows().get(0).code()).isEmpty();
    assertThat(rows().get(0).endedAt()).isNull();
    assertThat(batches.take(scope, id, 1, NOON).orElseThrow().run()).isEqualTo(2);
    assertThatThrownBy(() -> batches.begin(scope, id, Set.of(RowState.INVALID), NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRowThatWasLeftInTheMiddleStaysOfItsRun() {
    loaded(row(1, RowState.PENDING));
    batches.begin(scope, id, Set.of(), NOON);
    batches.take(scope, id, 1, NOON);
    change(BatchState.RUNNING, BatchState.CANCELLED);

    assertThat(batches.begin(scope, id, Set.of(RowState.FAILED), NOON)).contains(2);
    assertThat(batches.take(scope, id, 1, NOON).orElseThrow().run()).isEqualTo(1);
  }

  @Test
  void whatEndedRecentlyIsCounted() {
    loaded(row(1, RowState.PENDING), row(2, RowState.PENDING), row(3, RowState.PENDING));
    batches.begin(scope, id, Set.of(), NOON);
    Instant now = Instant.now();
    for (long number = 1; number <= 3; number++) {
      batches.take(scope, id, number, now);
      Instant at = number == 1 ? now.minusSeconds(60) : now.plusSeconds(60);
      batches.end(scope, id, number, new RowEnd(RowState.DONE, "", "", null), at);
    }

    Batch found = batches.find(scope, id).orElseThrow();
    assertThat(found.recently()).isEqualTo(2);
    assertThat(found.count(RowState.DONE)).isEqualTo(3);
    assertThat(batches.list(scope, 10, null).batches()).containsExactly(found);
  }

  @Test
  void pagesOfBatchesAreComplete() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      String each = UUID.randomUUID().toString();
      batches.create(batch(scope, each));
      batches.change(scope, each, Set.of(BatchState.LOADING), BatchState.CHECKED, NOON);
      ids.add(each);
    }

    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      BatchPage page = batches.list(scope, 3, cursor);
      page.batches().forEach(batch -> seen.add(batch.id()));
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(seen).hasSize(7).containsExactlyInAnyOrderElementsOf(ids);
    assertThatThrownBy(() -> batches.list(scope, 3, "none"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsAreReadInPagesAndByTheirStates() {
    loaded(
        row(1, RowState.PENDING),
        row(2, RowState.INVALID),
        row(3, RowState.UNCHANGED),
        row(4, RowState.INVALID));

    assertThat(batches.rows(new BatchRowFilter(scope, id, Set.of(), 1, 2)))
        .extracting(BatchRow::number)
        .containsExactly(2L, 3L);
    assertThat(
            batches.rows(
                new BatchRowFilter(scope, id, Set.of(RowState.INVALID, RowState.UNCHANGED), 2, 10)))
        .extracting(BatchRow::number)
        .containsExactly(3L, 4L);
    assertThat(batches.waiting(scope, id, 0, 10).rows()).hasSize(1);
    assertThat(batches.waiting(scope, id, 1, 10).rows()).isEmpty();
  }

  @Test
  void oneThatRunsIsNotTakenAway() {
    loaded(row(1, RowState.PENDING));
    batches.begin(scope, id, Set.of(), NOON);
    assertThat(batches.delete(scope, id)).isFalse();
    assertThat(batches.forgetEnded(Instant.MAX, 10)).isZero();

    change(BatchState.RUNNING, BatchState.STOPPED);
    assertThat(batches.delete(scope, id)).isTrue();
    assertThat(batches.delete(scope, id)).isFalse();
    assertThat(rows()).isEmpty();
    assertThat(batches.find(scope, id)).isEmpty();
  }

  @Test
  void whatIsOldIsForgottenAndCredentialsSooner() {
    loaded(sealed(1, RowState.PENDING));
    String loading = UUID.randomUUID().toString();
    batches.create(batch(scope, loading));

    assertThat(batches.forgetCredentials(NOON, 10)).isZero();
    assertThat(batches.forgetCredentials(NOON.plusMillis(1), 10)).isEqualTo(1);
    assertThat(batches.forgetCredentials(NOON.plusMillis(1), 10)).isZero();
    batches.begin(scope, id, Set.of(), NOON);
    assertThat(work(1).sealed()).isNull();
    change(BatchState.RUNNING, BatchState.FAILED);

    assertThat(batches.forgetEnded(NOON, 10)).isZero();
    assertThat(batches.forgetEnded(NOON.plusMillis(1), 10)).isEqualTo(1);
    assertThat(batches.find(scope, id)).isEmpty();
    assertThat(rows()).isEmpty();
    assertThat(batches.forgetLoading(NOON, 10)).isZero();
    assertThat(batches.forgetLoading(NOON.plusMillis(1), 10)).isEqualTo(1);
    assertThat(batches.add(scope, loading, List.of(row(1, RowState.PENDING)))).isFalse();
  }

  /** Within what a call may take when nobody is patient. */
  @Test
  void asManyRowsAsMayBeAreNoBurden() {
    batches.create(batch(scope, id));
    for (int first = 1; first <= Batches.MOST_ROWS; first += 1_000) {
      List<NewRow> rows = new ArrayList<>();
      for (int number = first; number < first + 1_000; number++) {
        rows.add(sealed(number, RowState.PENDING));
      }
      batches.add(scope, id, rows);
    }
    load();
    try (Journal impatient = Journal.open(url(), username(), "")) {
      Batches same = impatient.batches();
      assertThat(same.begin(scope, id, Set.of(), NOON)).contains(1);
      assertThat(same.find(scope, id).orElseThrow().total()).isEqualTo(100_000);
      assertThat(same.waiting(scope, id, 99_900, 200).rows()).hasSize(100);
      assertThat(change(BatchState.RUNNING, BatchState.CANCELLED)).isTrue();
      assertThat(same.delete(scope, id)).isTrue();
    }
    assertThat(rows()).isEmpty();
  }

  private RowWork work(long number) {
    return batches.take(scope, id, number, NOON).orElseThrow();
  }

  private boolean change(BatchState from, BatchState to) {
    return batches.change(scope, id, Set.of(from), to, NOON);
  }

  private void loaded(NewRow... rows) {
    batches.create(batch(scope, id));
    if (rows.length > 0) {
      batches.add(scope, id, List.of(rows));
    }
    load();
  }

  private void load() {
    assertThat(change(BatchState.LOADING, BatchState.CHECKED)).isTrue();
  }

  private List<BatchRow> rows() {
    return batches.rows(new BatchRowFilter(scope, id, Set.of(), 0, 1_000));
  }

  private static NewBatch batch(Scope scope, String id) {
    return new NewBatch(
        id,
        scope,
        BatchKind.IMPORT,
        "estate.csv",
        "ada",
        "127.0.0.1",
        new BatchLimits(3, 2, 1),
        UPDATE,
        NOON);
  }

  private static NewRow row(long number, RowState state) {
    return row(number, "row " + number, null, state);
  }

  private static NewRow named(long number, String name) {
    return row(number, name, null, RowState.PENDING);
  }

  private static NewRow sealed(long number, RowState state) {
    return row(number, "row " + number, new SealedCredentials("c2VhbGVk"), state);
  }

  private static NewRow row(
      long number, String name, @Nullable SealedCredentials sealed, RowState state) {
    return new NewRow(number, number, name, "host", null, null, sealed, state, List.of());
  }

  private DatabaseDefinition definition(String name) {
    return new DatabaseDefinition(
        UUID.randomUUID().toString(),
        scope,
        "ada",
        name,
        new Target(DatabaseType.POSTGRES, "db.example", 5432, "shop", SslMode.REQUIRE, 10, 30),
        new AccessPolicy(true, 1000),
        Map.of("team", "shop"),
        "was für Käufe",
        "",
        true);
  }
}
