package io.tas.dbhub.activities.jdbc.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of a server that let us in. Plain JDBC: setting up a library for three statements
 * took as long as all the rest of a probe.
 */
public final class Session {
  private final Connection connection;
  private final int timeoutSeconds;

  /**
   * @param timeoutSeconds for each answer; 0: for ever
   */
  public Session(Connection connection, int timeoutSeconds) {
    this.connection = connection;
    this.timeoutSeconds = timeoutSeconds;
  }

  /** Reads the row that it is given. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * The one row of the answer.
   *
   * @throws IllegalStateException when it has none, or more
   */
  <T> T one(String question, Row<T> row) throws SQLException {
    List<T> rows = list(question, 2, row);
    if (rows.size() != 1) {
      throw new IllegalStateException("the server answered with another number of rows than one");
    }
    return rows.get(0);
  }

  /**
   * @param most rows that are read, however many a hostile server sends
   */
  <T> List<T> list(String question, int most, Row<T> row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(question)) {
      statement.setQueryTimeout(timeoutSeconds);
      statement.setMaxRows(most);
      List<T> all = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.add(row.read(rows));
        }
      }
      return all;
    }
  }
}
