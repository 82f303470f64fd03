package io.tas.dbhub.api.mcp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be searched for. All but databases are within one, as its engine's catalogue has it. */
enum ObjectType {
  DATABASE,
  SCHEMA,
  TABLE,
  VIEW,
  COLUMN,
  INDEX,
  PROCEDURE,
  FUNCTION;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it belongs to a table. */
  boolean ofTable() {
    return this == COLUMN || this == INDEX;
  }

  static List<String> wireNames() {
    return Arrays.stream(values()).map(ObjectType::wireName).toList();
  }

  static Optional<ObjectType> fromWireName(String name) {
    return Arrays.stream(values()).filter(type -> type.wireName().equals(name)).findFirst();
  }
}
