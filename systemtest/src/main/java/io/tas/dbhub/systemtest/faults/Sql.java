package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.dev.engine.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements on one of the PostgreSQL server's databases, past the proxies. Thread-safe. */
final class Sql {
  private final PostgresServer postgres;
  private final String database;

  Sql(PostgresServer postgres, String database) {
    this.postgres = postgres;
    this.database = database;
  }

  /** Each row as its values, separated by blanks. */
  List<String> rows(String query, String... values) {
    try (Connection connection = postgres.connect(database, postgres.superuser());
        PreparedStatement statement = bound(connection, query, values);
        ResultSet rows = statement.executeQuery()) {
      List<String> all = new ArrayList<>();
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        all.add(String.join(" ", row));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(database + " cannot be read", e);
    }
  }

  void run(String text, String... values) {
    try (Connection connection = postgres.connect(database, postgres.superuser());
        PreparedStatement statement = bound(connection, text, values)) {
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(database + " cannot be changed", e);
    }
  }

  private static PreparedStatement bound(Connection connection, String text, String... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
    return statement;
  }
}
