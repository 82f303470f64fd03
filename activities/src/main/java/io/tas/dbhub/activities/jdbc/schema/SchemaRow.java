package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.core.schema.ColumnType;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import org.jspecify.annotations.Nullable;

/** One row of what a target tells about a table. They come in any order. */
sealed interface SchemaRow {
  TableName table();

  /** That there is such a table. What is told of any other is left out. */
  record Relation(TableName table, TableKind kind, @Nullable String comment, @Nullable Long rows)
      implements SchemaRow {}

  /**
   * @param position says in what order the columns stand; there may be gaps
   */
  record Column(
      TableName table,
      int position,
      String name,
      String type,
      ColumnType normalized,
      boolean nullable,
      @Nullable String defaultValue,
      @Nullable String comment)
      implements SchemaRow {}

  /** One column of a primary or unique key. */
  record KeyPart(TableName table, String name, boolean primary, int position, String column)
      implements SchemaRow {}

  /**
   * One column of a foreign key.
   *
   * @param id tells the foreign keys of a table apart
   * @param name null where the target knows none
   * @param referencedColumn null where the target only says that it is the primary key
   */
  record ForeignKeyPart(
      TableName table,
      String id,
      @Nullable String name,
      int position,
      String column,
      TableName references,
      @Nullable String referencedColumn)
      implements SchemaRow {}

  /** One column of an index. */
  record IndexPart(TableName table, String name, boolean unique, int position, String column)
      implements SchemaRow {}
}
