package io.tas.dbhub.activities.jdbc.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.query.StatementOrder;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** SQLite, in this process. A read-only query's file is opened for reading. */
final class SqliteEngine implements Engine {
  /** Of the connection's own file, in place. */
  private static final Pattern VACUUM = Pattern.compile("(?i)\\s*vacuum(\\s+main)?\\s*;?\\s*");

  @Override
  public void prepare(Connection connection, QueryBounds bounds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Functions and virtual tables that a hostile file's schema could call.
      statement.execute("PRAGMA trusted_schema = OFF");
    }
  }

  @Override
  public void begin(Connection connection, QueryBounds bounds, boolean transaction)
      throws SQLException {
    connection.setAutoCommit(!transaction);
  }

  @Override
  public void fetching(Statement statement, QueryBounds bounds) throws SQLException {
    statement.setMaxRows(bounds.maxRows() + 1);
  }

  /** VACUUM attaches a file of its own, without a name; nothing else may attach any. */
  @Override
  public boolean execute(Statement statement, String text) throws SQLException {
    if (!VACUUM.matcher(text).matches()) {
      return statement.execute(text);
    }
    SQLiteConnection connection = statement.getConnection().unwrap(SQLiteConnection.class);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 1);
    try {
      return statement.execute(text);
    } finally {
      connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    }
  }

  /** As it was declared; an expression has none. */
  @Override
  public String type(ResultSetMetaData columns, int index) throws SQLException {
    return columns.getColumnTypeName(index).toLowerCase(Locale.ROOT);
  }

  /** Any column may hold a value of any type, so each is looked at. */
  @Override
  public void write(JsonGenerator json, ResultSet row, ResultSetMetaData columns, int index)
      throws SQLException, IOException {
    Object value = row.getObject(index);
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Double real) {
      Json.floating(json, real);
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else if (value instanceof BigDecimal decimal) {
      Json.decimal(json, decimal);
    } else if (value instanceof Number number) {
      Json.integer(json, number.longValue());
    } else {
      json.writeString(value.toString());
    }
  }

  @Override
  public QueryError error(SQLException thrown, StatementOrder statement) {
    String said = Objects.requireNonNullElse(thrown.getMessage(), "");
    // [SQLITE_ERROR] SQL error or missing database (no such column: nmae)
    int open = said.indexOf('(');
    String message =
        open >= 0 && said.endsWith(")") ? said.substring(open + 1, said.length() - 1) : said;
    return new QueryError(
        kind(thrown.getErrorCode() & 0xff, message),
        message,
        code(message),
        null,
        null,
        null,
        null);
  }

  private static QueryErrorKind kind(int code, String message) {
    return switch (code) {
      case 1 ->
          message.startsWith("no such")
                  || message.contains("syntax error")
                  || message.contains("incomplete input")
                  || message.contains("unrecognized token")
                  || message.contains("ambiguous")
              ? QueryErrorKind.SYNTAX
              : QueryErrorKind.EXECUTION;
      case 3, 23 -> QueryErrorKind.PERMISSION;
      case 5, 6 -> QueryErrorKind.TIMEOUT;
      case 8 -> QueryErrorKind.READONLY;
      case 9 -> QueryErrorKind.TIMEOUT;
      case 10, 11, 14, 26 -> QueryErrorKind.CONNECTION;
      default -> QueryErrorKind.EXECUTION;
    };
  }

  private static String code(String message) {
    if (message.startsWith("no such table")) {
      return "no such table";
    }
    return message.startsWith("no such column") ? "no such column" : "";
  }

  @Override
  public Optional<String> namesFor(String code) {
    return switch (code) {
      case "no such table" ->
          Optional.of("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') LIMIT 5000");
      // Not of views: one that is broken would fail the question.
      case "no such column" ->
          Optional.of(
              "SELECT DISTINCT c.name FROM sqlite_master t, pragma_table_info(t.name) c"
                  + " WHERE t.type = 'table' LIMIT 5000");
      default -> Optional.empty();
    };
  }
}
