package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.activities.jdbc.net.FloodException;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import io.tas.dbhub.core.query.ResultEnd.Truncated;
import io.tas.dbhub.core.query.StatementOrder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements of one query, one after the other, on one session. */
final class StatementRun {
  /** The class of SQL states that drivers give by themselves when the way is broken. */
  private static final String CONNECTION_LOST = "08";

  private final RunningQuery query;
  private final Session session;
  private final Engine engine;
  private final ResultSink sink;
  private final Runnable rowsCome;
  private final QueryBounds bounds;

  /**
   * @param rowsCome is told of the first row of each result
   */
  StatementRun(RunningQuery query, Session session, ResultSink sink, Runnable rowsCome) {
    this.query = query;
    this.session = session;
    this.engine = session.engine();
    this.sink = sink;
    this.rowsCome = rowsCome;
    this.bounds = QueryBounds.of(query.order());
  }

  /** What came of one statement. */
  private enum Outcome {
    WHOLE,
    /** Rows are left at the server: the connection is of no use any more. */
    BROKEN_OFF
  }

  /**
   * Answers whether the session can run another query.
   *
   * @throws QueryFailedException when a statement has no answer; nothing of the query holds then
   */
  boolean run() throws QueryFailedException, IOException {
    List<StatementOrder> statements = query.order().statements();
    // Rows that are taken as they come are a cursor's, which needs one in some engines.
    boolean transaction = bounds.readOnly() || statements.size() > 1 || bounds.streamed();
    query.runsOn(session);
    boolean whole = true;
    boolean begun = false;
    int at = 0;
    try {
      session.begin(bounds, transaction);
      begun = true;
      for (; at < statements.size(); at++) {
        whole &= run(statements.get(at)) == Outcome.WHOLE;
      }
      return finish(transaction) && whole;
    } catch (SQLException | FloodException e) {
      tellUnsure(begun, e);
      throw failure(e, at);
    } catch (RuntimeException e) {
      // Drivers throw anything at an answer they did not expect.
      SQLException lost = new SQLException("The answer was not understood.", "08000", e);
      tellUnsure(begun, lost);
      throw failure(lost, at);
    }
  }

  private boolean finish(boolean transaction) throws SQLException {
    Connection connection = session.connection();
    if (bounds.readOnly()) {
      end(connection, "ROLLBACK", Connection::rollback);
      return true;
    }
    if (transaction) {
      end(connection, "COMMIT", Connection::commit);
    }
    return renewed(connection);
  }

  /** What was done holds, also where the session is of no use any more. */
  private boolean renewed(Connection connection) {
    try {
      return engine.renew(connection, bounds);
    } catch (SQLException | RuntimeException unusable) {
      return false;
    }
  }

  /** How a transaction ends. */
  private interface Ending {
    void of(Connection connection) throws SQLException;
  }

  /** Where the driver does not know that there is one, the server is told. */
  private static void end(Connection connection, String words, Ending ending) throws SQLException {
    if (!connection.getAutoCommit()) {
      ending.of(connection);
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(words);
    }
  }

  private Outcome run(StatementOrder order) throws SQLException, QueryFailedException, IOException {
    String text = engine.text(order);
    if (order.values().isEmpty()) {
      try (Statement statement = session.connection().createStatement()) {
        statement.setEscapeProcessing(false);
        query.runs(statement);
        engine.fetching(statement, bounds);
        return answers(statement, engine.execute(statement, text));
      }
    }
    try (PreparedStatement statement = session.connection().prepareStatement(text)) {
      query.runs(statement);
      checkCount(statement, order);
      for (int i = 0; i < order.values().size(); i++) {
        engine.bind(statement, i + 1, order.values().get(i));
      }
      engine.fetching(statement, bounds);
      return answers(statement, statement.execute());
    }
  }

  private static void checkCount(PreparedStatement statement, StatementOrder order)
      throws SQLException, QueryFailedException {
    int expected = statement.getParameterMetaData().getParameterCount();
    if (expected != order.values().size()) {
      throw new QueryFailedException(
          QueryErrorKind.PARAMETER,
          "The database sees %d placeholders, but there are %d parameters."
              .formatted(expected, order.values().size()),
          "Use '?' for values only, or $1, $2, … in PostgreSQL.");
    }
  }

  /** Where nobody takes the answer, the statement ends before it is closed: closing reads on. */
  private Outcome answers(Statement statement, boolean rowsFirst) throws SQLException, IOException {
    try {
      return results(statement, rowsFirst);
    } catch (IOException left) {
      query.end(QueryErrorKind.CANCELLED);
      throw left;
    }
  }

  /** A procedure can answer several results. */
  private Outcome results(Statement statement, boolean rowsFirst) throws SQLException, IOException {
    boolean rows = rowsFirst;
    Outcome outcome = Outcome.WHOLE;
    while (true) {
      if (rows) {
        outcome = rows(statement);
      } else {
        int touched = statement.getUpdateCount();
        sink.columns(List.of());
        // Some do their work and tell nothing: that is an answer, too.
        sink.end(new ResultEnd(Math.max(0, touched), null));
        if (touched < 0) {
          return outcome;
        }
      }
      if (outcome == Outcome.BROKEN_OFF) {
        return outcome;
      }
      rows = statement.getMoreResults();
      if (!rows && statement.getUpdateCount() < 0) {
        return outcome;
      }
    }
  }

  private Outcome rows(Statement statement) throws SQLException, IOException {
    ResultSet rows = statement.getResultSet();
    ResultSetMetaData columns = rows.getMetaData();
    int width = columns.getColumnCount();
    List<ResultColumn> names = columns(columns, width);
    boolean more = rows.next();
    if (more) {
      rowsCome.run();
    }
    // Only now: some engines tell columns at once and fail later.
    sink.columns(names);
    long count = 0;
    @Nullable Truncated truncated = null;
    while (more) {
      if (count == bounds.maxRows()) {
        truncated = Truncated.ROWS;
      } else if (sink.bytes() > bounds.maxBytes()) {
        truncated = Truncated.BYTES;
      } else {
        sink.row(
            json -> {
              json.writeStartArray();
              for (int i = 1; i <= width; i++) {
                engine.write(json, rows, columns, i);
              }
              json.writeEndArray();
            });
        count++;
      }
      more = truncated == null && rows.next();
    }
    Outcome outcome = Outcome.WHOLE;
    if (truncated != null && rows.next()) {
      // More than the server was asked for, which nobody is going to read.
      statement.cancel();
      outcome = Outcome.BROKEN_OFF;
    }
    sink.end(new ResultEnd(count, truncated));
    return outcome;
  }

  private List<ResultColumn> columns(ResultSetMetaData columns, int width) throws SQLException {
    List<ResultColumn> all = new ArrayList<>();
    for (int i = 1; i <= width; i++) {
      all.add(new ResultColumn(columns.getColumnLabel(i), engine.type(columns, i)));
    }
    return all;
  }

  private QueryFailedException failure(Exception thrown, int at) {
    @Nullable QueryErrorKind ended = query.ended();
    if (ended != null) {
      return query.ending(ended);
    }
    if (flooded(thrown)) {
      return new QueryFailedException(
          QueryErrorKind.EXECUTION,
          "The answer has rows larger than can be passed on.",
          "Ask for fewer or shorter columns.");
    }
    StatementOrder order =
        query.order().statements().get(Math.min(at, query.order().statements().size() - 1));
    QueryError error =
        thrown instanceof SQLException sql
            ? engine.error(sql, order)
            : new QueryError(QueryErrorKind.UNKNOWN, "The statement failed.", null);
    return new QueryFailedException(ErrorWords.told(error, at, session));
  }

  /** Where the connection ended before the target could tell what became of a write. */
  private void tellUnsure(boolean begun, Exception thrown) {
    String state = thrown instanceof SQLException sql ? sql.getSQLState() : null;
    boolean brokenOff = (state != null && state.startsWith(CONNECTION_LOST)) || flooded(thrown);
    if (begun && !bounds.readOnly() && brokenOff) {
      sink.unsure();
    }
  }

  private static boolean flooded(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof FloodException) {
        return true;
      }
    }
    return false;
  }
}
