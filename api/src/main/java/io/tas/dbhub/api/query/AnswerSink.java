package io.tas.dbhub.api.query;

import com.fasterxml.jackson.core.JsonParser;
import io.tas.dbhub.api.limits.RateLimit;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.IOException;
import java.util.List;

/** Where an answer goes as it comes: for each statement its columns, its rows, its end. */
public interface AnswerSink {
  /**
   * Before anything else: the query may begin.
   *
   * @param database that is asked
   * @param left what the asker has left of their limit
   */
  default void begins(Database database, RateLimit left) {}

  /** Empty for a statement that answers no rows. */
  void columns(List<ResultColumn> columns) throws IOException;

  /**
   * One row.
   *
   * @param values at the beginning of the array of the row's values; to be read up to its end
   */
  void row(JsonParser values) throws IOException;

  void end(ResultEnd end) throws IOException;
}
