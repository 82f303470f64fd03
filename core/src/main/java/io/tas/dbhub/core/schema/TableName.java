package io.tas.dbhub.core.schema;

import java.util.Comparator;

/**
 * A table's or view's name, as the target writes it. Ordered by schema, then table.
 *
 * @param schema the schema; the database where an engine has no schemas (MySQL, MariaDB), and
 *     {@code main} of a SQLite file
 */
public record TableName(String schema, String table) implements Comparable<TableName> {
  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::schema).thenComparing(TableName::table);

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  /** For people only: names may hold dots. */
  @Override
  public String toString() {
    return schema + "." + table;
  }
}
