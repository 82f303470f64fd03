package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.model.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalRules {
  @TempDir private Path directory;

  @Override
  String url() {
    return "jdbc:sqlite:" + directory.resolve("not/yet/journal.db");
  }

  @Override
  void tryToOverwrite(Jdbi database, String id) {
    database.useHandle(
        handle ->
            handle.execute(
                "INSERT OR REPLACE INTO audit SELECT id, at, tenant_id, space_id, 'eve', action,"
                    + " object_id, object_name, outcome, operation, detail, source"
                    + " FROM audit WHERE id = ?",
                id));
  }

  @Test
  void whileAnotherProcessWritesItCanBeRead() throws SQLException {
    try (Journal reader = Journal.open(url(), "", "");
        Connection writer = JournalDatabase.of(url(), "", "").source().getConnection()) {
      writer.setAutoCommit(false);
      try (Statement statement = writer.createStatement()) {
        statement.execute(
            "INSERT INTO audit VALUES ('a', 1, 't', 's', '', '', '', '', 'failed', null, '', '')");
        reader.ping();
        assertThat(reader.list(AuditQuery.of("t", 1)).entries()).isEmpty();

        assertThatThrownBy(
                () ->
                    reader.append(
                        List.of(
                            JournalRules.entry(new Scope("t", "s"), "ada", "x", Instant.EPOCH))))
            .isInstanceOf(JournalUnavailableException.class);
      }
      writer.commit();
      assertThat(reader.list(AuditQuery.of("t", 1)).entries()).hasSize(1);
    }
  }

  @Test
  void ofManyThatMakeItAtOnceNoneDestroysIt() throws Exception {
    String url = "jdbc:sqlite:" + directory.resolve("new.db");
    List<Callable<Boolean>> calls =
        Collections.nCopies(
            4,
            () -> {
              try (Journal journal = Journal.open(url, "", "")) {
                // Who meets another one's work half done tries again, as a worker does.
                await()
                    .atMost(Duration.ofMinutes(1))
                    .ignoreException(JournalUnavailableException.class)
                    .until(
                        () -> {
                          journal.migrate();
                          return true;
                        });
                journal.ping();
                return true;
              }
            });
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      for (Future<Boolean> done : threads.invokeAll(calls)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
    long migrations =
        Jdbi.create(JournalDatabase.of(url, "", "").source())
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT count(*) FROM flyway_schema_history WHERE success")
                        .mapTo(Long.class)
                        .one());
    try (Stream<Path> scripts =
        Files.list(Path.of(JournalDatabase.class.getResource("/db/migration/sqlite").toURI()))) {
      assertThat(migrations).isEqualTo(scripts.count());
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsUnavailable() throws IOException {
    Path file = directory.resolve("notes.txt");
    Files.writeString(file, "not a database, but long enough to be looked at as one".repeat(100));
    try (Journal journal = Journal.open("jdbc:sqlite:" + file, "", "")) {
      assertThatThrownBy(journal::ping).isInstanceOf(JournalUnavailableException.class);
      assertThatThrownBy(journal::migrate).isInstanceOf(JournalUnavailableException.class);
    }
  }

  @Test
  void aJournalThatWasNotMigratedIsUnavailable() {
    try (Journal journal = Journal.open("jdbc:sqlite:" + directory.resolve("new.db"), "", "")) {
      assertThatThrownBy(() -> journal.list(AuditQuery.of("t", 1)))
          .isInstanceOf(JournalUnavailableException.class);
    }
  }
}
