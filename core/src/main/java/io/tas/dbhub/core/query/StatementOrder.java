package io.tas.dbhub.core.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One statement, cut where its placeholders are: a value goes to the target beside the text, never
 * in it.
 *
 * @param fragments of the text; one more than there are values
 * @param values texts, numbers, booleans and nulls, in the order of the placeholders
 */
public record StatementOrder(List<String> fragments, List<JsonNode> values) {
  public StatementOrder {
    fragments = List.copyOf(fragments);
    values = List.copyOf(values);
    if (fragments.size() != values.size() + 1) {
      throw new IllegalArgumentException("a value belongs between two fragments");
    }
  }

  /** One without placeholders. */
  public static StatementOrder of(String sql) {
    return new StatementOrder(List.of(sql), List.of());
  }
}
