package io.tas.dbhub.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dropwizard.lifecycle.Managed;
import io.tas.dbhub.storage.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalHealthTest {
  @TempDir private Path directory;

  @Test
  void aJournalThatIsDownIsReportedAndMigratedOnceItIsBack() throws Exception {
    Path folder = directory.resolve("journal");
    Files.writeString(folder, "in the way");
    try (Journal journal = Journal.open("jdbc:sqlite:" + folder.resolve("journal.db"), "", "")) {
      UntilStarted migration =
          new UntilStarted(
              List.of(
                  new UntilStarted.Part(
                      "journal",
                      "the journal",
                      new Managed() {
                        @Override
                        public void start() {
                          journal.migrate();
                        }
                      })));
      JournalHealth health = new JournalHealth(migration, journal);
      migration.start();
      assertThat(health.execute().isHealthy()).isFalse();
      assertThat(health.execute().getMessage()).contains("the journal");

      Files.delete(folder);

      await().atMost(Duration.ofMinutes(1)).until(() -> health.execute().isHealthy());
      migration.stop();
    }
  }
}
