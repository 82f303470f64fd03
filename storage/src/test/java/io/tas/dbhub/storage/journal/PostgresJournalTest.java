package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** On a real server. */
class PostgresJournalTest extends JournalRules {
  private static TestPostgres server;

  @BeforeAll
  static void start() throws IOException {
    server = new TestPostgres();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  @BeforeEach
  void openJournal() {
    server.empty();
    super.openJournal();
  }

  @Override
  String url() {
    return server.url();
  }

  @Override
  String username() {
    return TestPostgres.USERNAME;
  }

  @Override
  void tryToOverwrite(Jdbi database, String id) {
    assertThatThrownBy(() -> database.useHandle(handle -> handle.execute("TRUNCATE audit")))
        .hasMessageContaining("append-only");
    assertThatThrownBy(
            () ->
                database.useHandle(
                    handle ->
                        handle.execute(
                            "INSERT INTO audit SELECT * FROM audit WHERE id = ?"
                                + " ON CONFLICT (id) DO UPDATE SET actor = 'eve'",
                            id)))
        .hasMessageContaining("append-only");
  }
}
