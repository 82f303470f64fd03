package io.tas.dbhub.activities.jdbc.dialect;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** A SQLite file. Stateless. */
public final class SqliteFile implements Questions {
  /**
   * Opens an existing file for reading; never creates one.
   *
   * @param file absolute and without a question mark, so that the driver takes it for nothing else
   */
  public Connection open(Path file, int busyTimeoutMillis) throws SQLException {
    String path = file.toString();
    if (!file.isAbsolute() || path.indexOf('?') >= 0) {
      throw new IllegalArgumentException("not a plain absolute path");
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.resetOpenMode(SQLiteOpenMode.OPEN_URI);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.enableLoadExtension(false);
    config.setBusyTimeout(busyTimeoutMillis);
    return JDBC.createConnection(JDBC.PREFIX + path, config.toProperties());
  }

  /**
   * The first statement that reads the file, and so finds out whether it is a database. Its name is
   * the file's, without the worker's directories.
   */
  @Override
  public Identity identity(Handle handle) {
    return handle
        .createQuery(
            "SELECT sqlite_version(), file, (SELECT count(*) FROM sqlite_master)"
                + " FROM pragma_database_list WHERE name = 'main'")
        .map((row, context) -> new Identity(row.getString(1), new File(row.getString(2)).getName()))
        .one();
  }

  @Override
  public Optional<Long> tables(Handle handle) {
    return Optional.of(
        handle
            .createQuery(
                "SELECT count(*) FROM sqlite_master"
                    + " WHERE type IN ('table', 'view') AND substr(name, 1, 7) <> 'sqlite_'")
            .mapTo(Long.class)
            .one());
  }

  /** A file has no logins. */
  @Override
  public Optional<Boolean> readOnlyRole(Handle handle) {
    return Optional.empty();
  }
}
