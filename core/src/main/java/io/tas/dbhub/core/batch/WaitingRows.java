package io.tas.dbhub.core.batch;

import java.util.List;

/** Rows in the order of their numbers; none when there is no other. */
public record WaitingRows(List<Row> rows) {
  public WaitingRows {
    rows = List.copyOf(rows);
  }

  /**
   * @param number of the row in its batch, from 1
   * @param host of its target; empty for a file
   */
  public record Row(long number, String host) {}
}
