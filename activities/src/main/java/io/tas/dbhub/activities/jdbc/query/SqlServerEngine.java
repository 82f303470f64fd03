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
import java.sql.Types;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Microsoft SQL Server. It has no read-only transactions: a read-only query's is rolled back. */
final class SqlServerEngine implements Engine {
  private static final Set<Integer> SYNTAX =
      Set.of(102, 105, 107, 156, 170, 195, 207, 208, 209, 2812, 4104);
  private static final Set<Integer> PERMISSION = Set.of(229, 230, 262, 297, 300, 916, 15247);

  @Override
  public void begin(Connection connection, QueryBounds bounds, boolean transaction)
      throws SQLException {
    connection.setAutoCommit(!transaction);
  }

  @Override
  public void write(JsonGenerator json, ResultSet row, ResultSetMetaData columns, int index)
      throws SQLException, IOException {
    switch (columns.getColumnType(index)) {
      case Types.BIT -> {
        boolean value = row.getBoolean(index);
        if (row.wasNull()) {
          json.writeNull();
        } else {
          json.writeBoolean(value);
        }
      }
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> {
        byte[] bytes = row.getBytes(index);
        if (bytes == null) {
          json.writeNull();
        } else {
          json.writeBinary(bytes);
        }
      }
      case Types.DECIMAL, Types.NUMERIC -> {
        BigDecimal value = row.getBigDecimal(index);
        if (value == null) {
          json.writeNull();
        } else {
          Json.decimal(json, value);
        }
      }
      default -> text(json, row.getString(index), columns.getColumnType(index));
    }
  }

  private static void text(JsonGenerator json, String text, int type) throws IOException {
    if (text == null) {
      json.writeNull();
      return;
    }
    switch (type) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Json.integer(json, text);
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> Json.floating(json, text);
      case Types.TIMESTAMP -> Json.dateTime(json, text, false);
      default -> json.writeString(text);
    }
  }

  @Override
  public QueryError error(SQLException thrown, StatementOrder statement) {
    int code = thrown.getErrorCode();
    QueryErrorKind kind = QueryErrorKind.EXECUTION;
    String state = Objects.requireNonNullElse(thrown.getSQLState(), "");
    if (SYNTAX.contains(code)) {
      kind = QueryErrorKind.SYNTAX;
    } else if (PERMISSION.contains(code)) {
      kind = QueryErrorKind.PERMISSION;
    } else if (state.startsWith("08")) {
      kind = QueryErrorKind.CONNECTION;
    }
    return new QueryError(
        kind,
        Objects.requireNonNullElse(thrown.getMessage(), "The database refused the statement."),
        String.valueOf(code),
        null,
        null,
        null,
        null);
  }

  @Override
  public Optional<String> namesFor(String code) {
    return switch (code) {
      case "208" -> Optional.of("SELECT TOP (5000) name FROM sys.objects WHERE type IN ('U', 'V')");
      case "207" ->
          Optional.of(
              "SELECT DISTINCT TOP (5000) c.name FROM sys.columns c"
                  + " JOIN sys.objects o ON o.object_id = c.object_id WHERE o.is_ms_shipped = 0");
      default -> Optional.empty();
    };
  }
}
