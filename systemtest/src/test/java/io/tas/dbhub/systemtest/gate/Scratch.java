package io.tas.dbhub.systemtest.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database that anything may be done to, and that tells whether something was. */
abstract class Scratch implements AutoCloseable {

  abstract DatabaseType type();

  /** Connections that write and commit at once, each with other settings of the server. */
  abstract List<Connection> connections();

  /**
   * All that a statement could have left: rows, catalogue, sequences, locks, settings of the
   * session.
   */
  abstract String state(Connection connection) throws SQLException;

  /** Whether the engine did not take the text for its syntax. */
  abstract boolean isSyntaxError(SQLException failure);

  /** Runs it and reads all it answers. */
  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(50);
      statement.setQueryTimeout(5);
      boolean rows = statement.execute(sql);
      while (rows || statement.getUpdateCount() >= 0) {
        if (rows) {
          try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
              // A function is called for the rows that are read.
            }
          }
        }
        rows = statement.getMoreResults();
      }
    }
  }

  /** The first column of all rows. */
  static String ask(Connection connection, String sql) throws SQLException {
    StringBuilder answer = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          answer.append(rows.getString(i)).append(' ');
        }
        answer.append('\n');
      }
    }
    return answer.toString();
  }

  static void script(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public abstract void close();
}
