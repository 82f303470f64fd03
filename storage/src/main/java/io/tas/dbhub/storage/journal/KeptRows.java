package io.tas.dbhub.storage.journal;

import java.util.List;

/**
 * What a query answered.
 *
 * @param columns a JSON array of arrays of name and type
 * @param rows each a JSON array of values, on one line
 */
public record KeptRows(String columns, List<String> rows) {
  public KeptRows {
    rows = List.copyOf(rows);
  }

  /** Of a query that answered nothing. */
  public static KeptRows none() {
    return new KeptRows("[]", List.of());
  }
}
