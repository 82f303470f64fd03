package io.tas.dbhub.storage.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteBatchesTest extends BatchesRules {
  @TempDir private Path directory;

  @Override
  String url() {
    return "jdbc:sqlite:" + directory.resolve("journal.db");
  }
}
