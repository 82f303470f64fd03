package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.audit.AskedQuery;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of the history of queries in whichever database it is kept. */
abstract class QueryLogRules {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00.123Z");

  /** Patient with a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Scope scope = new Scope("tenant-" + UUID.randomUUID(), "space");
  private Journal journal;
  private QueryLog log;

  /** Of a database that is empty before each test. */
  abstract String url();

  String username() {
    return "";
  }

  @BeforeEach
  void openJournal() {
    journal = Journal.open(url(), username(), "", PATIENCE);
    journal.migrate();
    log = journal.queries();
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  @Test
  void whatIsAppendedIsFoundAsItWas() {
    QueryRecord read = query(scope, "ada", "SELECT 'Käufe' -- 🐘", NOON);
    QueryRecord failed =
        query(scope, "ada", "SELECT nmae", NOON.plusMillis(1))
            .asked()
            .ended(QueryOutcome.SYNTAX, 3, 0, false, "column \"nmae\" does not exist");
    log.append(List.of(read, failed));

    assertThat(list(QueryFilter.of(scope, "ada", 10))).containsExactly(failed, read);
    assertThat(log.find(scope, id(read), "ada")).contains(new PastQuery(read, false));
    assertThat(log.find(scope, id(read), null)).contains(new PastQuery(read, false));
  }

  @Test
  void theHashIsThatOfTheTextAsItWasSent() {
    // printf 'SELECT 1' | sha256sum
    assertThat(query(scope, "ada", "SELECT 1", NOON).asked().sha256())
        .isEqualTo("e004ebd5b5532a4b85984a62f8ad48a81aa3460c1ca07701f386135d72cdecf5");
    assertThat(query(scope, "ada", "SELECT 1 ", NOON).asked().sha256())
        .isNotEqualTo(query(scope, "ada", "SELECT 1", NOON).asked().sha256());
  }

  @Test
  void everyQueryIsInTheAuditWithItsHash() {
    QueryRecord read = query(scope, "ada", "SELECT secret", NOON);
    QueryRecord refused =
        query(scope, "eve", "DELETE FROM t", NOON.plusMillis(1))
            .asked()
            .ended(QueryOutcome.READONLY, 0, 0, false, "not a read");
    log.append(List.of(read, refused));

    List<AuditEntry> entries = journal.list(AuditQuery.of(scope.tenantId(), 10)).entries();
    assertThat(entries).extracting(AuditEntry::id).containsExactly(id(refused), id(read));
    assertThat(entries).extracting(AuditEntry::action).containsOnly("Query");
    assertThat(entries)
        .extracting(AuditEntry::detail)
        .containsExactly(
            "readonly sha256:" + refused.asked().sha256(), "sha256:" + read.asked().sha256());
    assertThat(entries)
        .extracting(AuditEntry::outcome)
        .containsExactly(AuditOutcome.REFUSED, AuditOutcome.SUCCEEDED);
    assertThat(entries.toString()).doesNotContain("secret", "DELETE");
  }

  @Test
  void aQueryDeliveredTwiceIsOneAndStaysAsItWasFirstWritten() {
    QueryRecord first = query(scope, "ada", "SELECT 1", NOON);
    log.append(List.of(first));
    log.pin(scope, id(first), "ada", true);

    log.append(List.of(first, first, query(scope, "ada", "SELECT 2", NOON.minusMillis(1))));
    log.append(
        List.of(first.asked().withoutText().ended(QueryOutcome.UNKNOWN, 9, 9, true, "else")));

    assertThat(list(QueryFilter.of(scope, null, 10))).hasSize(2).contains(first);
    assertThat(log.find(scope, id(first), "ada")).contains(new PastQuery(first, true));
    assertThat(journal.list(AuditQuery.of(scope.tenantId(), 10)).entries()).hasSize(2);
  }

  @Test
  void aBatchIsWrittenWhollyOrNotAtAll() {
    QueryRecord good = query(scope, "ada", "SELECT 1", NOON);
    AskedQuery asked = good.asked();
    AskedQuery nobody =
        new AskedQuery(
            UUID.randomUUID().toString(),
            scope,
            asked.actor(),
            asked.source(),
            asked.channel(),
            asked.databaseId(),
            asked.databaseName(),
            "x",
            asked.sha256(),
            Instant.MAX);
    QueryRecord bad = new QueryRecord(nobody, QueryOutcome.UNKNOWN, 1, 1, false, "");

    assertThatThrownBy(() -> log.append(List.of(good, bad))).isInstanceOf(RuntimeException.class);

    assertThat(list(QueryFilter.of(scope, null, 10))).isEmpty();
    assertThat(journal.list(AuditQuery.of(scope.tenantId(), 10)).entries()).isEmpty();
  }

  @Test
  void anotherTenantAnotherSpaceAndAnotherUserNeverSeeIt() {
    QueryRecord mine = query(scope, "ada", "SELECT 1", NOON);
    log.append(List.of(mine));
    Scope otherTenant = new Scope("tenant-" + UUID.randomUUID(), scope.spaceId());
    Scope otherSpace = new Scope(scope.tenantId(), "other");

    for (Scope foreign : List.of(otherTenant, otherSpace)) {
      assertThat(list(QueryFilter.of(foreign, null, 10))).isEmpty();
      assertThat(list(QueryFilter.of(foreign, "ada", 10))).isEmpty();
      assertThat(log.find(foreign, id(mine), null)).isEmpty();
      assertThat(log.pin(foreign, id(mine), null, true)).isFalse();
    }
    assertThat(list(QueryFilter.of(scope, "eve", 10))).isEmpty();
    assertThat(log.find(scope, id(mine), "eve")).isEmpty();
    assertThat(log.pin(scope, id(mine), "eve", true)).isFalse();
    assertThat(log.find(scope, id(mine), "ada")).contains(new PastQuery(mine, false));
  }

  @Test
  void subjectsThatAreNearlyTheSameAreNotTheSame() {
    String endless = "a".repeat(300);
    List<String> subjects =
        List.of("a?b", "a\0b", "a\uD83Db", endless + "x", endless + "y", "a".repeat(190));
    List<QueryRecord> records =
        subjects.stream().map(subject -> query(scope, subject, "SELECT 1", NOON)).toList();
    log.append(records);

    for (int i = 0; i < subjects.size(); i++) {
      assertThat(list(QueryFilter.of(scope, subjects.get(i), 10)))
          .extracting(QueryLogRules::id)
          .containsExactly(id(records.get(i)));
    }
  }

  @Test
  void everyFilterNarrows() {
    QueryRecord wanted = query(scope, "ada", "SELECT total FROM Orders", NOON);
    QueryRecord rest =
        query(scope, "eve", "SELECT 1", NOON.plusSeconds(60))
            .asked()
            .ended(QueryOutcome.TIMEOUT, 1, 0, false, "too slow");
    log.append(List.of(wanted, rest));

    assertThat(list(QueryFilter.of(scope, null, 10))).containsExactly(rest, wanted);
    for (QueryFilter filter :
        List.of(
            filter("ada", null, null, Set.of(), null, null),
            filter(null, wanted.asked().databaseId(), null, Set.of(), null, null),
            filter(null, null, "from orders", Set.of(), null, null),
            filter(
                null,
                null,
                null,
                Set.of(QueryOutcome.SUCCEEDED, QueryOutcome.CANCELLED),
                null,
                null),
            filter(null, null, null, Set.of(), NOON, NOON.plusSeconds(60)),
            filter(null, null, null, Set.of(), Instant.MIN, NOON.plusMillis(1)))) {
      assertThat(list(filter)).as("%s", filter).containsExactly(wanted);
    }
    assertThat(list(filter(null, null, null, Set.of(), NOON.plusMillis(1), Instant.MAX)))
        .containsExactly(rest);
  }

  @Test
  void whatIsSearchedForIsTextAndNothingElse() {
    String odd = "SELECT '50%_off!' \\ \"x\" -- '); DROP TABLE queries; 'a\0b'";
    QueryRecord wanted = query(scope, "ada", odd, NOON);
    log.append(List.of(wanted, query(scope, "ada", "SELECT 1", NOON.plusMillis(1))));

    for (String text :
        List.of(
            "50%_off!", "%", "_", "!", "'", "\\", "\"x\"", "'); DROP", "50%_OFF", "a\0b", "a?b")) {
      assertThat(list(search(text)))
          .as(text)
          .extracting(QueryLogRules::id)
          .containsExactly(id(wanted));
    }
    for (String text : List.of("5_%", "%off", "' OR 1=1 --", "x".repeat(100_000))) {
      assertThat(list(search(text))).as(text).isEmpty();
    }
    assertThat(list(search("select"))).hasSize(2);
  }

  @Test
  void textThatADatabaseWouldRefuseIsStillWrittenDown() {
    String endless = "x".repeat(150_000);
    AskedQuery odd =
        AskedQuery.of(
            UUID.randomUUID().toString(),
            scope,
            "a\0b",
            endless,
            QueryChannel.EXPORT,
            endless,
            "\uDC18",
            "\0" + endless,
            NOON);
    log.append(List.of(odd.ended(QueryOutcome.UNKNOWN, 1, 0, false, endless + "\0")));

    assertThat(list(QueryFilter.of(scope, "a\0b", 10)))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.asked().text()).startsWith("?xxx").hasSize(100_000);
              assertThat(found.asked().sha256()).isEqualTo(odd.sha256());
            });
  }

  @Test
  void pagesAreCompleteAlsoWhileMoreIsAsked() {
    List<QueryRecord> records = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      // Several of one moment.
      records.add(query(scope, "ada", "SELECT " + i, NOON.plusMillis(i / 4)));
    }
    log.append(records);

    List<QueryRecord> seen = new ArrayList<>();
    String cursor = null;
    do {
      QueryPage page = log.list(QueryFilter.of(scope, "ada", 7).after(cursor));
      assertThat(page.queries()).hasSizeBetween(1, 7);
      page.queries().forEach(past -> seen.add(past.query()));
      cursor = page.nextCursor();
      log.append(List.of(query(scope, "ada", "SELECT 'newer'", NOON.plusSeconds(seen.size()))));
    } while (cursor != null);

    assertThat(seen).containsExactlyInAnyOrderElementsOf(records);
    assertThat(seen)
        .extracting(record -> record.asked().startedAt())
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void aCursorThatIsNoneIsRefused() {
    for (String cursor : List.of("", "x", "%%%", "bm9uZQ", "MQ", "YWJjCmRlZg")) {
      assertThatThrownBy(() -> log.list(QueryFilter.of(scope, null, 7).after(cursor)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whoKeepsHashesOnlyHasNoTextInTheJournal() {
    Scope other = new Scope("tenant-" + UUID.randomUUID(), "space");
    QueryRecord before = query(scope, "ada", "SELECT 'before'", NOON);
    log.append(List.of(before, query(other, "ada", "SELECT 'theirs'", NOON)));
    log.pin(scope, id(before), "ada", true);
    assertThat(log.storesText(scope.tenantId())).isTrue();

    AuditEntry decided = JournalRules.entry(scope, "olga", "ChangeQuerySettings", NOON);
    log.storeText(scope.tenantId(), false, decided);
    QueryRecord after =
        query(scope, "ada", "SELECT 'after'", NOON.plusMillis(1))
            .asked()
            .ended(QueryOutcome.EXECUTION, 1, 0, false, "invalid: 'after'");
    log.append(List.of(after));

    assertThat(log.storesText(scope.tenantId())).isFalse();
    assertThat(log.storesText(other.tenantId())).isTrue();
    QueryRecord kept = log.find(scope, id(after), "ada").orElseThrow().query();
    assertThat(kept.asked()).isEqualTo(after.asked().withoutText());
    assertThat(kept.error()).isEmpty();
    assertThat(list(search("after"))).isEmpty();
    assertThat(journal.list(AuditQuery.of(scope.tenantId(), 10)).entries()).contains(decided);

    assertThat(log.forgetTexts(10)).isEqualTo(1);
    assertThat(log.forgetTexts(10)).isZero();
    assertThat(log.find(scope, id(before), "ada"))
        .contains(new PastQuery(before.withoutText(), true));
    assertThat(list(QueryFilter.of(other, "ada", 10)).get(0).asked().text()).contains("theirs");

    log.storeText(scope.tenantId(), true, JournalRules.entry(scope, "olga", "x", NOON));
    log.append(List.of(query(scope, "ada", "SELECT 'again'", NOON)));
    assertThat(list(search("again"))).hasSize(1);
  }

  @Test
  void theOldestAreForgottenInSmallPartsAndPinnedOnesStay() {
    List<QueryRecord> old = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      old.add(query(scope, "ada", "SELECT " + i, NOON.minusSeconds(i + 1)));
    }
    QueryRecord young = query(scope, "ada", "SELECT 'young'", NOON);
    log.append(old);
    log.append(List.of(young));
    QueryRecord pinned = old.get(4);
    log.pin(scope, id(pinned), "ada", true);

    assertThat(log.forget(NOON, 3)).isEqualTo(3);
    assertThat(list(QueryFilter.of(scope, null, 10))).containsExactly(young, old.get(0), pinned);
    assertThat(log.forget(NOON, 3)).isEqualTo(1);
    assertThat(log.forget(NOON, 3)).isZero();

    log.pin(scope, id(pinned), null, false);
    assertThat(log.forget(NOON, 3)).isEqualTo(1);
    assertThat(list(QueryFilter.of(scope, null, 10))).containsExactly(young);
    // The audit forgets nothing.
    assertThat(journal.list(AuditQuery.of(scope.tenantId(), 10)).entries()).hasSize(6);
  }

  @Test
  void severalMayForgetAndAppendAtOnce() throws Exception {
    List<QueryRecord> old = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      old.add(query(scope, "ada", "SELECT " + i, NOON.minusSeconds(1)));
    }
    log.append(old);
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      QueryRecord own = query(scope, "ada", "SELECT 1", NOON);
      calls.add(
          () -> {
            log.append(List.of(own));
            int forgotten = 0;
            for (int part = 20; part == 20; forgotten += part) {
              part = log.forget(NOON, 20);
            }
            return forgotten;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      for (Future<Integer> done : threads.invokeAll(calls)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
    while (log.forget(NOON, 20) > 0) {
      // One that met another may have stopped early.
    }

    assertThat(list(QueryFilter.of(scope, null, 100))).hasSize(calls.size());
  }

  @Test
  void noTextOfAQueryIsInALog() {
    QueryRecord query = query(scope, "ada", "SELECT 'hunter2'", NOON);
    assertThat(query.asked().ended(QueryOutcome.SYNTAX, 1, 0, false, "at 'hunter2'").toString())
        .doesNotContain("hunter2");
    assertThat(new PastQuery(query, true).toString()).doesNotContain("hunter2");
  }

  private List<QueryRecord> list(QueryFilter filter) {
    return log.list(filter).queries().stream().map(PastQuery::query).toList();
  }

  private QueryFilter search(String text) {
    return filter(null, null, text, Set.of(), null, null);
  }

  private QueryFilter filter(
      String actor,
      String databaseId,
      String text,
      Set<QueryOutcome> outcomes,
      Instant from,
      Instant to) {
    return new QueryFilter(scope, actor, databaseId, text, outcomes, from, to, 10, null);
  }

  private static String id(QueryRecord record) {
    return record.asked().id();
  }

  private static QueryRecord query(Scope scope, String actor, String text, Instant at) {
    return AskedQuery.of(
            UUID.randomUUID().toString(),
            scope,
            actor,
            "127.0.0.1",
            QueryChannel.REST,
            UUID.randomUUID().toString(),
            "Käufe",
            text,
            at)
        .ended(QueryOutcome.SUCCEEDED, 12, 3, true, "");
  }
}
