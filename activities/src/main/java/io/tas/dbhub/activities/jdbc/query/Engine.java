package io.tas.dbhub.activities.jdbc.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.StatementOrder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Optional;

/** How one kind of database runs users' statements. Stateless. */
interface Engine {
  /**
   * Before the first statement of a connection, and again before one with other bounds. Sessions
   * are in UTC.
   */
  default void prepare(Connection connection, QueryBounds bounds) throws SQLException {}

  /**
   * Before the statements of a query.
   *
   * @param transaction false for a single statement of a writable connection, which some engines
   *     take outside of a transaction only
   */
  default void begin(Connection connection, QueryBounds bounds, boolean transaction)
      throws SQLException {
    connection.setReadOnly(bounds.readOnly());
    connection.setAutoCommit(!transaction);
  }

  /** Whether a connection on which something may have been set can be made as new. */
  default boolean renew(Connection connection, QueryBounds bounds) throws SQLException {
    return false;
  }

  /** The text with the engine's placeholder where a value belongs. */
  default String text(StatementOrder statement) {
    return String.join("?", statement.fragments());
  }

  /** Before a statement runs: how rows are fetched. */
  default void fetching(Statement statement, QueryBounds bounds) throws SQLException {
    statement.setFetchSize(bounds.fetch());
  }

  /** Runs a statement without values. */
  default boolean execute(Statement statement, String text) throws SQLException {
    return statement.execute(text);
  }

  /** Binds a value by its type. */
  default void bind(PreparedStatement statement, int index, JsonNode value) throws SQLException {
    switch (value.getNodeType()) {
      case NULL -> statement.setNull(index, Types.NULL);
      case BOOLEAN -> statement.setBoolean(index, value.booleanValue());
      case NUMBER -> number(statement, index, value);
      default -> statement.setString(index, value.asText());
    }
  }

  private static void number(PreparedStatement statement, int index, JsonNode value)
      throws SQLException {
    if (value.canConvertToInt() && value.isIntegralNumber()) {
      statement.setInt(index, value.intValue());
    } else if (value.canConvertToLong() && value.isIntegralNumber()) {
      statement.setLong(index, value.longValue());
    } else {
      statement.setBigDecimal(index, value.decimalValue());
    }
  }

  /** The name of a column's type as the engine has it. */
  default String type(ResultSetMetaData columns, int index) throws SQLException {
    return columns.getColumnTypeName(index);
  }

  /** Writes one value. */
  void write(JsonGenerator json, ResultSet row, ResultSetMetaData columns, int index)
      throws SQLException, IOException;

  /** What a statement's failure means; positions count each placeholder as one character. */
  QueryError error(SQLException thrown, StatementOrder statement);

  /**
   * The names that a statement may have meant, by the kind of the error's code.
   *
   * @param code of an unknown table or column
   * @return what to ask for them; empty when the code is of neither
   */
  default Optional<String> namesFor(String code) {
    return Optional.empty();
  }
}
