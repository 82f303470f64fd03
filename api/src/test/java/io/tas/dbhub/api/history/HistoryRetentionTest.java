package io.tas.dbhub.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.audit.AskedQuery;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import io.tas.dbhub.storage.journal.QueryFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryRetentionTest {
  private static final Scope SCOPE = new Scope("acme", "main");
  private static final Instant NOW = Instant.parse("2026-05-05T12:00:00Z");

  @TempDir private Path directory;

  @Test
  void whatIsOlderThanItIsKeptGoesUnlessSomebodyPinnedIt() {
    try (Journal journal = journal()) {
      journal.migrate();
      List<QueryRecord> old = new ArrayList<>();
      for (int i = 0; i < 1_100; i++) {
        old.add(query(NOW.minus(Duration.ofDays(90)).minusMillis(1)));
      }
      QueryRecord young = query(NOW.minus(Duration.ofDays(90)));
      journal.queries().append(old);
      journal.queries().append(List.of(young));
      journal.queries().pin(SCOPE, old.get(7).asked().id(), "ada", true);

      retention(journal, List.of()).run();

      assertThat(journal.queries().list(QueryFilter.of(SCOPE, "ada", 100)).queries())
          .extracting(past -> past.query())
          .containsExactly(young, old.get(7));
    }
  }

  @Test
  void whatCannotBeForgottenNowKeepsNothingElse() {
    try (Journal journal = journal()) {
      AtomicInteger asked = new AtomicInteger();
      retention(
              journal,
              List.of(
                  atMost -> {
                    throw new JournalUnavailableException(new IOException("gone"));
                  },
                  atMost -> {
                    throw new IllegalStateException("a bug");
                  },
                  atMost -> asked.incrementAndGet() < 3 ? atMost : 0))
          .run();

      assertThat(asked.get()).isEqualTo(3);
    }
  }

  private Journal journal() {
    return Journal.open("jdbc:sqlite:" + directory.resolve("j.db"), "", "");
  }

  private static HistoryRetention retention(Journal journal, List<IntUnaryOperator> others) {
    return new HistoryRetention(
        journal.queries(), Duration.ofDays(90), Clock.fixed(NOW, ZoneOffset.UTC), others);
  }

  private static QueryRecord query(Instant at) {
    return AskedQuery.of(
            UUID.randomUUID().toString(),
            SCOPE,
            "ada",
            "127.0.0.1",
            QueryChannel.REST,
            UUID.randomUUID().toString(),
            "orders",
            "SELECT 1",
            at)
        .ended(QueryOutcome.SUCCEEDED, 1, 1, false, "");
  }
}
