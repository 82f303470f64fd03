package io.tas.dbhub.activities.jdbc.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.query.StatementOrder;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** MySQL and MariaDB. */
final class MySqlEngine implements Engine {
  private static final Set<Integer> SYNTAX =
      Set.of(1046, 1049, 1051, 1052, 1054, 1064, 1109, 1111, 1146, 1149, 1176, 1222, 1305, 1582);
  private static final Set<Integer> PERMISSION =
      Set.of(1044, 1045, 1142, 1143, 1227, 1370, 1410, 1419, 3118);
  private static final Set<Integer> ENDED = Set.of(1317, 1969, 3024);
  private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836);

  /** Not part of MySQL's milliseconds: MariaDB counts seconds. */
  private final boolean mariaDb;

  MySqlEngine(boolean mariaDb) {
    this.mariaDb = mariaDb;
  }

  @Override
  public void prepare(Connection connection, QueryBounds bounds) throws SQLException {
    long millis = bounds.serverMillis();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          // A SELECT without a LIMIT of its own ends there, in the server.
          "SET SESSION time_zone = '+00:00', sql_select_limit = "
              + (bounds.maxRows() + 1)
              + ", "
              + (mariaDb
                  ? "max_statement_time = " + millis / 1_000.0
                  : "max_execution_time = " + millis)
              // The server waits for who takes his time.
              + (bounds.streamed()
                  ? ", net_write_timeout = " + (millis / 1_000 + 1)
                  : ", net_write_timeout = DEFAULT"));
    }
  }

  @Override
  public void begin(Connection connection, QueryBounds bounds, boolean transaction)
      throws SQLException {
    if (transaction) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("START TRANSACTION" + (bounds.readOnly() ? " READ ONLY" : ""));
      }
    }
  }

  @Override
  public void fetching(Statement statement, QueryBounds bounds) throws SQLException {
    // MySQL's driver streams at this value only.
    statement.setFetchSize(mariaDb ? bounds.fetch() : Integer.MIN_VALUE);
  }

  @Override
  public String type(ResultSetMetaData columns, int index) throws SQLException {
    return columns.getColumnTypeName(index).toLowerCase(Locale.ROOT);
  }

  @Override
  public void write(JsonGenerator json, ResultSet row, ResultSetMetaData columns, int index)
      throws SQLException, IOException {
    String type = type(columns, index);
    int sqlType = columns.getColumnType(index);
    if (sqlType == Types.BIT || type.startsWith("bit")) {
      bits(json, row.getBytes(index));
    } else if (binary(sqlType) || type.equals("geometry")) {
      byte[] bytes = row.getBytes(index);
      if (bytes == null) {
        json.writeNull();
      } else {
        json.writeBinary(bytes);
      }
    } else {
      String text = row.getString(index);
      if (text == null) {
        json.writeNull();
      } else {
        write(json, text, sqlType, type);
      }
    }
  }

  private static boolean binary(int sqlType) {
    return sqlType == Types.BINARY
        || sqlType == Types.VARBINARY
        || sqlType == Types.LONGVARBINARY
        || sqlType == Types.BLOB;
  }

  private static void bits(JsonGenerator json, byte[] bytes) throws IOException {
    if (bytes == null) {
      json.writeNull();
    } else {
      Json.integer(json, new BigInteger(1, bytes));
    }
  }

  private static void write(JsonGenerator json, String text, int sqlType, String type)
      throws IOException {
    switch (sqlType) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Json.integer(json, text);
      case Types.FLOAT, Types.REAL, Types.DOUBLE -> Json.floating(json, text);
      case Types.TIMESTAMP -> Json.dateTime(json, text, type.equals("timestamp"));
      default -> {
        if (type.equals("json")) {
          Json.document(json, text);
        } else {
          json.writeString(text);
        }
      }
    }
  }

  @Override
  public QueryError error(SQLException thrown, StatementOrder statement) {
    int code = thrown.getErrorCode();
    String message =
        Objects.requireNonNullElse(thrown.getMessage(), "The database refused the statement.")
            // What MariaDB's driver puts before and behind.
            .replaceFirst("^\\(conn=-?\\d+\\) ", "");
    return new QueryError(
        kind(code, thrown.getSQLState()), message, String.valueOf(code), null, null, null, null);
  }

  private static QueryErrorKind kind(int code, String state) {
    if (SYNTAX.contains(code)) {
      return QueryErrorKind.SYNTAX;
    }
    if (PERMISSION.contains(code)) {
      return QueryErrorKind.PERMISSION;
    }
    if (ENDED.contains(code)) {
      return QueryErrorKind.TIMEOUT;
    }
    if (READ_ONLY.contains(code)) {
      return QueryErrorKind.READONLY;
    }
    return state != null && state.startsWith("08")
        ? QueryErrorKind.CONNECTION
        : QueryErrorKind.EXECUTION;
  }

  @Override
  public Optional<String> namesFor(String code) {
    return switch (code) {
      case "1146" ->
          Optional.of(
              "SELECT table_name FROM information_schema.tables"
                  + " WHERE table_schema = DATABASE() LIMIT 5000");
      case "1054" ->
          Optional.of(
              "SELECT DISTINCT column_name FROM information_schema.columns"
                  + " WHERE table_schema = DATABASE() LIMIT 5000");
      default -> Optional.empty();
    };
  }
}
