package io.tas.dbhub.core.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who says what a database is. */
public enum Origin {
  /** It was made through REST, and is changed there. */
  REST,
  /** A Database resource that somebody made by hand: its manifest is the source of truth. */
  MANIFEST;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static Origin parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
