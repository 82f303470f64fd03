package io.tas.dbhub.storage.journal;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** On a real server. */
class PostgresBatchesTest extends BatchesRules {
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
  boolean refusesNul() {
    return true;
  }
}
