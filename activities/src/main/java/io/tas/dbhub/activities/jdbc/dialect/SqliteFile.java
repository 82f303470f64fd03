package io.tas.dbhub.activities.jdbc.dialect;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
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
    return open(file, busyTimeoutMillis, new SQLiteConfig(), true);
  }

  /**
   * The same with pragmas of the caller's.
   *
   * @param readOnly whether the file itself is opened for reading only
   */
  public Connection open(Path file, int busyTimeoutMillis, SQLiteConfig config, boolean readOnly)
      throws SQLException {
    String path = file.toString();
    if (!file.isAbsolute() || path.indexOf('?') >= 0) {
      throw new IllegalArgumentException("not a plain absolute path");
    }
    config.setReadOnly(readOnly);
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
  public Identity identity(Session session) throws SQLException {
    return session.one(
        "SELECT sqlite_version(), file, (SELECT count(*) FROM sqlite_master)"
            + " FROM pragma_database_list WHERE name = 'main'",
        row -> new Identity(row.getString(1), new File(row.getString(2)).getName()));
  }

  @Override
  public Optional<Long> tables(Session session) throws SQLException {
    return Optional.of(
        session.one(
            "SELECT count(*) FROM sqlite_master"
                + " WHERE type IN ('table', 'view') AND substr(name, 1, 7) <> 'sqlite_'",
            row -> row.getLong(1)));
  }

  /** A file has no logins. */
  @Override
  public Optional<Boolean> readOnlyRole(Session session) throws SQLException {
    return Optional.empty();
  }
}
