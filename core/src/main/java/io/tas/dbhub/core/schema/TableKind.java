package io.tas.dbhub.core.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What kind of relation. A partition is a part of its table and none of its own. */
public enum TableKind {
  TABLE,
  VIEW,
  MATERIALIZED_VIEW,
  /** A table that stands in another database. */
  FOREIGN_TABLE;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such kind
   */
  @JsonCreator
  public static TableKind parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
