package io.tas.dbhub.api.query;

import java.util.List;
import java.util.Map;

/**
 * What a statement answered.
 *
 * @param columns names in the statement's order
 * @param rows values by column name, each map in the columns' order; a value may be null
 * @param truncated whether there were more rows than may be answered
 * @param durationMs of the whole query in milliseconds
 */
public record QueryAnswer(
    List<String> columns,
    List<Map<String, Object>> rows,
    int rowCount,
    boolean truncated,
    long durationMs) {
  public QueryAnswer {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
