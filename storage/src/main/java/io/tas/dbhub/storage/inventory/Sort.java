package io.tas.dbhub.storage.inventory;

import java.util.Arrays;
import java.util.Optional;

/** The orders a listing can have. Databases of one moment are told apart by their ids. */
public enum Sort {
  /** Newest first; the default. */
  CREATED_AT_DESC("-created_at"),
  CREATED_AT_ASC("created_at"),
  NAME_ASC("name"),
  NAME_DESC("-name");

  private final String wireName;

  Sort(String wireName) {
    this.wireName = wireName;
  }

  /** The property, with {@code -} in front of it for descending. */
  public String wireName() {
    return wireName;
  }

  boolean byName() {
    return this == NAME_ASC || this == NAME_DESC;
  }

  boolean descending() {
    return this == CREATED_AT_DESC || this == NAME_DESC;
  }

  public static Optional<Sort> fromWireName(String name) {
    return Arrays.stream(values()).filter(sort -> sort.wireName.equals(name)).findFirst();
  }
}
