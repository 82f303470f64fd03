package io.tas.dbhub.core.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * What became of a table from one version of a schema to the next.
 *
 * @param details of an altered one, in the order columns, keys, foreign keys, indexes, the table
 *     itself; empty of any other
 */
public record TableChange(TableName name, Kind kind, List<ChangeDetail> details) {
  /** How a table, or a part of one, changed. */
  public enum Kind {
    ADDED,
    REMOVED,
    ALTERED;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such kind
     */
    @JsonCreator
    public static Kind parse(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  public TableChange {
    details = List.copyOf(details);
  }

  public static TableChange added(TableName name) {
    return new TableChange(name, Kind.ADDED, List.of());
  }

  public static TableChange removed(TableName name) {
    return new TableChange(name, Kind.REMOVED, List.of());
  }
}
