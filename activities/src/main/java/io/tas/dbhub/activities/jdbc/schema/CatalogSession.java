package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.activities.jdbc.TargetConnector.Opened;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Asks a target's catalog one thing after the other, and counts. Of one thread. */
final class CatalogSession {
  /**
   * What may arrive while a row is waited for. Drivers fetch a thousand at a time, none of which is
   * longer than what the statements cut it to; a server that sends more is none.
   */
  private static final long WINDOW_BYTES = 64L << 20;

  private final Opened opened;
  private final Ending ending;
  private final int fetch;
  private int statements;

  /**
   * @param ending told what to cancel
   * @param fetch rows at a time, as the driver wants to be told
   */
  CatalogSession(Opened opened, Ending ending, int fetch) {
    this.opened = opened;
    this.ending = ending;
    this.fetch = fetch;
  }

  /** What is done with a row of an answer. */
  interface RowTaker {
    void take(ResultSet row) throws SQLException, TooLargeException;
  }

  Connection connection() {
    return opened.connection();
  }

  /** Statements so far. */
  int statements() {
    return statements;
  }

  /** Runs what has no answer. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection().createStatement()) {
      begin(statement);
      statement.execute(sql);
    }
  }

  /**
   * Hands on each row of an answer as it comes.
   *
   * @param values of its question marks
   */
  void each(String sql, RowTaker taker, Object... values) throws SQLException, TooLargeException {
    try (PreparedStatement statement = connection().prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      begin(statement);
      statement.setFetchSize(fetch);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          allow();
          taker.take(rows);
        }
      } catch (TooLargeException e) {
        // Closing would read the rest.
        ending.abort();
        throw e;
      }
    }
  }

  /** The texts of the first row, empty ones where there is none. */
  List<String> first(String sql, int width, Object... values)
      throws SQLException, TooLargeException {
    List<String> texts = new ArrayList<>();
    each(
        sql,
        row -> {
          for (int i = 1; i <= width && texts.size() < width; i++) {
            texts.add(Texts.name(row.getString(i)));
          }
        },
        values);
    texts.addAll(Collections.nCopies(width - texts.size(), ""));
    return texts;
  }

  private void begin(Statement statement) throws SQLException {
    statements++;
    allow();
    ending.runs(statement);
  }

  private void allow() {
    opened.pin().ifPresent(pin -> pin.allow(WINDOW_BYTES));
  }
}
