package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.model.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of a journal in whichever database it is kept. */
abstract class JournalRules {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00.123Z");

  /** Patient with a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Scope scope = new Scope("tenant-" + UUID.randomUUID(), "space");
  private Journal journal;

  /** Of a database that is empty before each test. */
  abstract String url();

  String username() {
    return "";
  }

  @BeforeEach
  void openJournal() {
    journal = open();
    journal.migrate();
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  private Journal open() {
    return Journal.open(url(), username(), "", PATIENCE);
  }

  @Test
  void whatIsAppendedIsListedAsItWas() {
    AuditEntry whole = entry(scope, "ada", "ProvisionDatabase", NOON);
    AuditEntry bare =
        new AuditEntry(
            UUID.randomUUID().toString(),
            NOON.plusMillis(1),
            scope,
            "ada",
            "Decide",
            "db-1",
            "",
            AuditOutcome.REFUSED,
            null,
            "",
            "");

    journal.append(List.of(whole, bare));

    assertThat(list(AuditQuery.of(scope.tenantId(), 10))).containsExactly(bare, whole);
  }

  @Test
  void anEntryDeliveredTwiceIsOneAndStaysAsItWasFirstWritten() {
    AuditEntry first = entry(scope, "ada", "ProvisionDatabase", NOON);
    journal.append(List.of(first));

    journal.append(List.of(first, first));
    journal.append(List.of(withActor(first, "eve")));

    assertThat(list(AuditQuery.of(scope.tenantId(), 10))).containsExactly(first);
  }

  @Test
  void noEntryIsEverChangedOrDeleted() {
    AuditEntry first = entry(scope, "ada", "ProvisionDatabase", NOON);
    journal.append(List.of(first));
    Jdbi database = Jdbi.create(JournalDatabase.of(url(), username(), "").source());

    for (String statement :
        List.of("UPDATE audit SET actor = 'eve'", "DELETE FROM audit WHERE id <> ''")) {
      assertThatThrownBy(() -> database.useHandle(handle -> handle.execute(statement)))
          .isInstanceOf(JdbiException.class)
          .hasRootCauseInstanceOf(SQLException.class)
          .hasMessageContaining("append-only");
    }
    tryToOverwrite(database, first.id());

    assertThat(list(AuditQuery.of(scope.tenantId(), 10))).containsExactly(first);
  }

  /** The ways around UPDATE and DELETE that the database has; may fail or do nothing. */
  abstract void tryToOverwrite(Jdbi database, String id);

  @Test
  void anotherTenantsEntriesAreNeverListed() {
    Scope stranger = new Scope("tenant-" + UUID.randomUUID(), scope.spaceId());
    AuditEntry mine = entry(scope, "ada", "ProvisionDatabase", NOON);
    AuditEntry theirs = entry(stranger, "ada", "ProvisionDatabase", NOON);
    journal.append(List.of(mine, theirs));

    assertThat(list(AuditQuery.of(scope.tenantId(), 10))).containsExactly(mine);
    assertThat(list(query(scope.tenantId(), null, null, null, theirs.objectId(), null))).isEmpty();
    String cursor = new JournalCursor(NOON.plusSeconds(1).toEpochMilli(), "x").encode();
    assertThat(list(AuditQuery.of(scope.tenantId(), 10).after(cursor))).containsExactly(mine);
  }

  @Test
  void everyFilterNarrows() {
    Scope other = new Scope(scope.tenantId(), "other");
    AuditEntry wanted = entry(scope, "ada", "ProvisionDatabase", NOON);
    AuditEntry rest = entry(other, "eve", "DeprovisionDatabase", NOON.plusSeconds(60));
    rest =
        new AuditEntry(
            rest.id(),
            rest.at(),
            rest.scope(),
            rest.actor(),
            rest.action(),
            rest.objectId(),
            rest.objectName(),
            AuditOutcome.FAILED,
            rest.operation(),
            rest.detail(),
            rest.source());
    journal.append(List.of(wanted, rest));
    String tenant = scope.tenantId();

    assertThat(list(AuditQuery.of(tenant, 10))).containsExactly(rest, wanted);
    for (AuditQuery query :
        List.of(
            query(tenant, scope.spaceId(), null, null, null, null),
            query(tenant, null, "ada", null, null, null),
            query(tenant, null, null, "ProvisionDatabase", null, null),
            query(tenant, null, null, null, wanted.objectId(), null),
            query(tenant, null, null, null, null, AuditOutcome.SUCCEEDED),
            between(tenant, NOON, NOON.plusSeconds(60)),
            between(tenant, Instant.MIN, NOON.plusMillis(1)))) {
      assertThat(list(query)).as("%s", query).containsExactly(wanted);
    }
    assertThat(list(between(tenant, NOON.plusMillis(1), Instant.MAX))).containsExactly(rest);
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      // Several of one moment.
      entries.add(entry(scope, "ada", "ProvisionDatabase", NOON.plusMillis(i / 4)));
    }
    journal.append(entries);

    List<AuditEntry> seen = new ArrayList<>();
    String cursor = null;
    do {
      AuditPage page = journal.list(AuditQuery.of(scope.tenantId(), 7).after(cursor));
      assertThat(page.entries()).hasSizeBetween(1, 7);
      seen.addAll(page.entries());
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(seen).containsExactlyInAnyOrderElementsOf(entries);
    assertThat(seen).extracting(AuditEntry::at).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void aCursorThatIsNoneIsRefused() {
    for (String cursor : List.of("", "x", "%%%", "bm9uZQ", "MQ", "YWJjCmRlZg")) {
      assertThatThrownBy(() -> journal.list(AuditQuery.of(scope.tenantId(), 7).after(cursor)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void hostileTextIsKeptAndDoesNothing() {
    String injection = "'); DELETE FROM audit; -- :id ? \\ \" 🐘";
    AuditEntry hostile = entry(scope, injection, injection, NOON);
    journal.append(List.of(hostile));

    assertThat(list(query(scope.tenantId(), null, injection, injection, null, null)))
        .containsExactly(hostile);
    assertThat(list(query("' OR 1=1 --", null, null, null, null, null))).isEmpty();
  }

  @Test
  void textThatADatabaseWouldRefuseIsStillWrittenDown() {
    String endless = "x".repeat(100_000);
    AuditEntry odd =
        new AuditEntry(
            UUID.randomUUID().toString(),
            NOON,
            scope,
            "a\0b\uD83D",
            endless,
            endless,
            endless,
            AuditOutcome.REFUSED,
            endless,
            endless,
            "\uDC18");

    journal.append(List.of(odd));

    assertThat(list(query(scope.tenantId(), null, "a\0b\uD83D", null, endless, null)))
        .singleElement()
        .satisfies(entry -> assertThat(entry.actor()).isEqualTo("a?b?"));
  }

  @Test
  void manyAppendAndMigrateAtOnce() throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    AuditEntry same = entry(scope, "ada", "ProvisionDatabase", NOON);
    for (int i = 0; i < 8; i++) {
      AuditEntry own = entry(scope, "ada", "ProvisionDatabase", NOON);
      calls.add(
          () -> {
            try (Journal another = open()) {
              another.migrate();
              another.append(List.of(own, same));
              return true;
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      for (Future<Boolean> done : threads.invokeAll(calls)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }

    assertThat(list(AuditQuery.of(scope.tenantId(), 100))).hasSize(9).contains(same);
  }

  @Test
  void aJournalThatIsThereAnswers() {
    journal.ping();
    journal.append(List.of());
  }

  private List<AuditEntry> list(AuditQuery query) {
    return journal.list(query).entries();
  }

  private static AuditQuery query(
      String tenant,
      String space,
      String actor,
      String action,
      String objectId,
      AuditOutcome outcome) {
    return new AuditQuery(tenant, space, actor, action, objectId, outcome, null, null, 10, null);
  }

  private static AuditQuery between(String tenant, Instant from, Instant to) {
    return new AuditQuery(tenant, null, null, null, null, null, from, to, 10, null);
  }

  static AuditEntry entry(Scope scope, String actor, String action, Instant at) {
    String id = UUID.randomUUID().toString();
    return new AuditEntry(
        UUID.randomUUID().toString(),
        at,
        scope,
        actor,
        action,
        id,
        "Käufe",
        AuditOutcome.SUCCEEDED,
        "database-" + id + "~run",
        "a detail",
        "127.0.0.1");
  }

  private static AuditEntry withActor(AuditEntry entry, String actor) {
    return new AuditEntry(
        entry.id(),
        entry.at(),
        entry.scope(),
        actor,
        entry.action(),
        entry.objectId(),
        entry.objectName(),
        entry.outcome(),
        entry.operation(),
        entry.detail(),
        entry.source());
  }
}
