package io.tas.dbhub.storage.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Moments as the tables have them: milliseconds since 1970. */
final class JournalTimes {
  private JournalTimes() {}

  /** Nothing for null. */
  static void bind(Query statement, String name, @Nullable Instant value) {
    if (value != null) {
      statement.bind(name, millis(value));
    }
  }

  /** Farther away than any line is far enough. */
  static long millis(Instant time) {
    try {
      return time.toEpochMilli();
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /** Null for NULL. */
  static @Nullable Instant read(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
