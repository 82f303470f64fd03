package io.tas.dbhub.activities.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tas.dbhub.core.audit.AuditEntries;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.AuditQuery;
import io.tas.dbhub.storage.journal.Journal;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalActivitiesTest {
  private static final AuditEntry ENTRY =
      new AuditEntry(
          "7d444840-9dc0-11d1-b245-5ffdce74fad2",
          Instant.EPOCH,
          new Scope("tenant", "space"),
          "ada",
          "ProvisionDatabase",
          "id",
          "sales",
          AuditOutcome.SUCCEEDED,
          null,
          "",
          "");

  @TempDir private Path directory;

  @Test
  void aJournalThatIsNotThereYetIsAFailureThatIsTriedAgain() {
    try (Journal journal =
        Journal.open("jdbc:sqlite:" + directory.resolve("journal.db"), "", "s3cret")) {
      JournalActivities activities = new JournalActivities(journal);

      ApplicationFailure failure =
          catchThrowableOfType(
              ApplicationFailure.class, () -> activities.append(new AuditEntries(List.of(ENTRY))));

      assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.JOURNAL_UNAVAILABLE);
      assertThat(failure.isNonRetryable()).isFalse();
      assertThat(failure).hasNoCause();

      journal.migrate();
      activities.append(new AuditEntries(List.of(ENTRY)));
      activities.append(new AuditEntries(List.of(ENTRY)));
      assertThat(journal.list(AuditQuery.of("tenant", 10)).entries()).containsExactly(ENTRY);
    }
  }
}
