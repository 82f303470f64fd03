package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Takes rows without keeping them, and does something at one of them. */
final class TakingSink implements ResultSink {
  /** Where it does it: late enough that rows are left, early enough that no buffer has all. */
  private static final int AT = 10;

  private final Taking taking;
  private final JsonLines lines = lines();
  private long rows;
  List<ResultColumn> columns = List.of();
  ResultEnd end = new ResultEnd(-1, null);
  String failure = "";
  boolean unsure;

  /** What a reader does before it takes more. */
  interface Taking {
    void pause() throws IOException;
  }

  TakingSink(Taking taking) {
    this.taking = taking;
  }

  private static JsonLines lines() {
    try {
      return new JsonLines(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void columns(List<ResultColumn> told) {
    columns = told;
  }

  @Override
  public void row(Row row) throws IOException, SQLException {
    lines.row(row);
    if (++rows == AT) {
      taking.pause();
    }
  }

  @Override
  public void end(ResultEnd told) {
    end = told;
  }

  @Override
  public void unsure() {
    unsure = true;
  }

  @Override
  public void fail(QueryError error) {
    failure = error.kind().wireName() + ": " + error.message();
  }

  @Override
  public long bytes() {
    return lines.bytes();
  }
}
