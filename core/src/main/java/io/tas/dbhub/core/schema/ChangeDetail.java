package io.tas.dbhub.core.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One part of a table that changed.
 *
 * @param name of the column, key or index; empty of the table itself
 * @param before what it was, for people; null of one that was added
 * @param after what it is, for people; null of one that was removed
 */
public record ChangeDetail(
    TableChange.Kind kind,
    Part part,
    String name,
    @Nullable String before,
    @Nullable String after) {
  /** Which part. */
  public enum Part {
    COLUMN,
    KEY,
    FOREIGN_KEY,
    INDEX,
    TABLE;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such part
     */
    @JsonCreator
    public static Part parse(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }
}
