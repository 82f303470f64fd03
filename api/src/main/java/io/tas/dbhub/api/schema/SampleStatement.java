package io.tas.dbhub.api.schema;

import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.schema.TableName;

/** The statement for some rows of a table, as each engine writes names and limits. */
final class SampleStatement {
  private SampleStatement() {}

  /**
   * @param table as the catalogue has it
   */
  static String of(DatabaseType type, TableName table, int limit) {
    return switch (type) {
      case POSTGRES, SQLITE ->
          "SELECT * FROM %s.%s LIMIT %d"
              .formatted(quoted(table.schema(), '"'), quoted(table.table(), '"'), limit);
      case MYSQL, MARIADB ->
          "SELECT * FROM %s.%s LIMIT %d"
              .formatted(quoted(table.schema(), '`'), quoted(table.table(), '`'), limit);
      case SQLSERVER ->
          "SELECT TOP (%d) * FROM %s.%s"
              .formatted(limit, bracketed(table.schema()), bracketed(table.table()));
    };
  }

  private static String quoted(String name, char quote) {
    String mark = String.valueOf(quote);
    return mark + name.replace(mark, mark + mark) + mark;
  }

  private static String bracketed(String name) {
    return "[" + name.replace("]", "]]") + "]";
  }
}
