package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.SavedQueries.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of saved queries in whichever database they are kept. */
abstract class SavedQueriesRules {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00.123Z");

  /** Patient with a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Scope scope = new Scope("tenant-" + UUID.randomUUID(), "space");
  private Journal journal;
  private SavedQueries saved;

  /** Of a database that is empty before each test. */
  abstract String url();

  String username() {
    return "";
  }

  @BeforeEach
  void openJournal() {
    journal = Journal.open(url(), username(), "", PATIENCE);
    journal.migrate();
    saved = journal.savedQueries();
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  @Test
  void whatIsSavedIsFoundAsItWas() {
    SavedQuery whole = query("ada", "Käufe 🐘", true);
    SavedQuery bare =
        new SavedQuery(
            UUID.randomUUID().toString(),
            scope,
            "ada",
            "bare",
            "",
            null,
            "x".repeat(100_000),
            false,
            NOON.plusMillis(1),
            NOON.plusMillis(1));

    assertThat(saved.create(whole)).isEqualTo(Written.DONE);
    assertThat(saved.create(bare)).isEqualTo(Written.DONE);

    assertThat(list("ada")).containsExactly(bare, whole);
    assertThat(saved.find(scope, bare.id(), "ada")).contains(bare);
  }

  @Test
  void aNameIsItsOwnersOnceInASpace() {
    SavedQuery first = query("ada", "totals", false);
    SavedQuery second = query("ada", "others", false);
    saved.create(first);
    saved.create(second);

    assertThat(saved.create(query("ada", "totals", false))).isEqualTo(Written.NAME_TAKEN);
    assertThat(saved.replace(renamed(second, "totals"), "ada", false))
        .isEqualTo(Written.NAME_TAKEN);
    assertThat(saved.create(query("eve", "totals", false))).isEqualTo(Written.DONE);
    assertThat(saved.replace(renamed(first, "totals"), "ada", false)).isEqualTo(Written.DONE);
    assertThat(list("ada")).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void ofManyThatTakeANameAtOnceOneGetsIt() throws Exception {
    List<Callable<Written>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      SavedQuery same = query("ada", "totals", false);
      calls.add(() -> saved.create(same));
    }
    List<Written> answers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      for (Future<Written> done : threads.invokeAll(calls)) {
        answers.add(done.get());
      }
    } finally {
      threads.shutdown();
    }

    assertThat(answers).containsOnlyOnce(Written.DONE).contains(Written.NAME_TAKEN);
    assertThat(list("ada")).hasSize(1);
  }

  @Test
  void whatIsSharedAllOfTheSpaceSeeAndNobodyElse() {
    SavedQuery shared = query("ada", "shared", true);
    SavedQuery own = query("ada", "own", false);
    saved.create(shared);
    saved.create(own);

    assertThat(list("eve")).containsExactly(shared);
    assertThat(saved.find(scope, own.id(), "eve")).isEmpty();
    for (Scope foreign :
        List.of(
            new Scope("tenant-" + UUID.randomUUID(), scope.spaceId()),
            new Scope(scope.tenantId(), "other"))) {
      assertThat(saved.list(SavedQueryFilter.of(foreign, "ada", 10)).queries()).isEmpty();
      assertThat(saved.find(foreign, shared.id(), "ada")).isEmpty();
      assertThat(saved.delete(foreign, shared.id(), "ada", true)).isFalse();
      SavedQuery moved =
          new SavedQuery(
              shared.id(), foreign, "ada", "moved", "", null, "SELECT 1", true, NOON, NOON);
      assertThat(saved.replace(moved, "ada", true)).isEqualTo(Written.NOT_FOUND);
    }
    assertThat(saved.find(scope, shared.id(), "eve")).contains(shared);
  }

  @Test
  void onlyItsOwnerChangesOneAndAnOperatorWhatIsShared() {
    SavedQuery shared = query("ada", "shared", true);
    SavedQuery own = query("ada", "own", false);
    saved.create(shared);
    saved.create(own);

    assertThat(saved.replace(renamed(shared, "x"), "eve", false)).isEqualTo(Written.NOT_FOUND);
    assertThat(saved.delete(scope, shared.id(), "eve", false)).isFalse();
    assertThat(saved.replace(renamed(own, "x"), "olga", true)).isEqualTo(Written.NOT_FOUND);
    assertThat(saved.delete(scope, own.id(), "olga", true)).isFalse();
    assertThat(list("ada")).containsExactlyInAnyOrder(shared, own);

    assertThat(saved.replace(renamed(shared, "y"), "olga", true)).isEqualTo(Written.DONE);
    assertThat(list("ada")).containsExactlyInAnyOrder(renamed(shared, "y"), own);
    assertThat(saved.delete(scope, shared.id(), "olga", true)).isTrue();
    assertThat(saved.delete(scope, own.id(), "ada", false)).isTrue();
    assertThat(list("ada")).isEmpty();
  }

  @Test
  void everyFilterNarrows() {
    SavedQuery wanted = query("ada", "50%_off! of totals", true);
    SavedQuery rest = query("ada", "others", false);
    saved.create(wanted);
    saved.create(rest);

    for (SavedQueryFilter filter :
        List.of(
            filter("50%_OFF!", null, null),
            filter("%", null, null),
            filter(null, true, null),
            filter(null, null, wanted.databaseId()))) {
      assertThat(saved.list(filter).queries()).as("%s", filter).containsExactly(wanted);
    }
    assertThat(saved.list(filter(null, false, null)).queries()).containsExactly(rest);
    assertThat(saved.list(filter("select", null, null)).queries()).hasSize(2);
    assertThat(saved.list(filter("described", null, null)).queries()).hasSize(2);
    assertThat(saved.list(filter("' OR 1=1 --", null, null)).queries()).isEmpty();
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() {
    List<SavedQuery> queries = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      queries.add(query("ada", "query " + i, i % 2 == 0));
    }
    queries.forEach(saved::create);

    List<SavedQuery> seen = new ArrayList<>();
    String cursor = null;
    do {
      SavedQueryPage page = saved.list(SavedQueryFilter.of(scope, "ada", 5).after(cursor));
      seen.addAll(page.queries());
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(seen).containsExactlyInAnyOrderElementsOf(queries);
  }

  private List<SavedQuery> list(String subject) {
    return saved.list(SavedQueryFilter.of(scope, subject, 100)).queries();
  }

  private SavedQueryFilter filter(String text, Boolean shared, String databaseId) {
    return new SavedQueryFilter(scope, "ada", text, shared, databaseId, 10, null);
  }

  private SavedQuery query(String owner, String name, boolean shared) {
    return new SavedQuery(
        UUID.randomUUID().toString(),
        scope,
        owner,
        name,
        "is described",
        UUID.randomUUID().toString(),
        "SELECT ?",
        shared,
        NOON,
        NOON);
  }

  private static SavedQuery renamed(SavedQuery query, String name) {
    return new SavedQuery(
        query.id(),
        query.scope(),
        query.owner(),
        name,
        query.description(),
        query.databaseId(),
        query.query(),
        query.shared(),
        query.createdAt(),
        query.updatedAt());
  }
}
