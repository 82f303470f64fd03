package io.tas.dbhub.activities.jdbc.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.IOException;
import java.util.List;

/**
 * Where results go as they come: for each statement its columns, its rows, its end. Everything
 * throws {@link IOException} when nobody listens any more.
 */
public interface ResultSink {
  /** Empty for a statement that answers no rows. */
  void columns(List<ResultColumn> columns) throws IOException;

  /** Writes the values of one row. */
  @FunctionalInterface
  interface Row {
    void write(JsonGenerator json) throws IOException, java.sql.SQLException;
  }

  void row(Row row) throws IOException, java.sql.SQLException;

  void end(ResultEnd end) throws IOException;

  /**
   * The target broke off before it told what became of a statement that may write: it may have
   * taken effect. A failure follows.
   */
  default void unsure() {}

  /** Nothing comes after it. */
  void fail(QueryError error) throws IOException;

  /** Bytes that were written, or wait to be. */
  long bytes();
}
