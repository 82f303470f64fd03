package io.tas.dbhub.systemtest.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A SQLite file in a directory of its own. */
final class ScratchSqlite extends Scratch {
  private static final List<String> SETTINGS =
      List.of(
          "user_version",
          "schema_version",
          "journal_mode",
          "foreign_keys",
          "query_only",
          "writable_schema",
          "synchronous",
          "cache_size",
          "recursive_triggers",
          "total_changes()");

  private final Path directory;
  private final Path file;
  private final Connection connection;

  ScratchSqlite(Path directory) throws SQLException {
    this.directory = directory;
    this.file = directory.resolve("scratch.db");
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    script(
        connection,
        List.of(
            "CREATE TABLE t (id int, a int, b int, c int, name text, data text, d text, created text)",
            "INSERT INTO t VALUES (1, 1, 1, 1, 'n', '{\"a\": 1}', '[1]', '2024-01-01'), (2, 2, 2, 2, 'm', '{}', '[]', '')",
            "CREATE TABLE u AS SELECT * FROM t",
            "CREATE INDEX i ON t (a)",
            "CREATE VIRTUAL TABLE f USING fts5(name)",
            "INSERT INTO f VALUES ('word')"));
  }

  @Override
  DatabaseType type() {
    return DatabaseType.SQLITE;
  }

  @Override
  List<Connection> connections() {
    return List.of(connection);
  }

  @Override
  String state(Connection any) throws SQLException {
    StringBuilder state = new StringBuilder();
    for (String setting : SETTINGS) {
      state.append(ask(any, (setting.endsWith(")") ? "SELECT " : "PRAGMA ") + setting));
    }
    // Some reads open the temporary database, which is empty.
    state.append(ask(any, "SELECT name, file FROM pragma_database_list WHERE name <> 'temp'"));
    state.append(ask(any, "SELECT count(*) FROM temp.sqlite_master"));
    try (Stream<Path> files = Files.list(directory)) {
      files.map(Path::toString).sorted().forEach(state::append);
      return state.append(Arrays.hashCode(Files.readAllBytes(file))).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  boolean isSyntaxError(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("syntax error")
        || message.contains("unrecognized token")
        || message.contains("incomplete input");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the file does not close", e);
    }
  }
}
