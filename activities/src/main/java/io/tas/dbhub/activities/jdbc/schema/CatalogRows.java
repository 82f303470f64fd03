package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.activities.jdbc.schema.CatalogSession.RowTaker;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Column;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.ForeignKeyPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.IndexPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.KeyPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Relation;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of the catalogs' answers mean, which are the same of every engine. Each begins
 * with schema and table.
 */
final class CatalogRows {
  /** The name of a key that has none. */
  private static final String PRIMARY = "PRIMARY";

  private final Catalog catalog;
  private final SchemaRows rows;

  CatalogRows(Catalog catalog, SchemaRows rows) {
    this.catalog = catalog;
    this.rows = rows;
  }

  /** Kind, comment, estimated rows. */
  RowTaker tables() {
    return row ->
        rows.add(
            new Relation(
                table(row), TableKind.parse(row.getString(3)), comment(row, 4), count(row, 5)));
  }

  /** Position, name, type, what to normalise it by, whether it is nullable, default, comment. */
  RowTaker columns() {
    return row -> rows.add(column(row));
  }

  Column column(ResultSet row) throws SQLException, TooLargeException {
    return new Column(
        table(row),
        row.getInt(3),
        name(row, 4),
        Objects.requireNonNullElse(Texts.expression(text(row, 5)), ""),
        catalog.normalized(Objects.requireNonNullElse(text(row, 6), "")),
        row.getBoolean(7),
        Texts.expression(text(row, 8)),
        comment(row, 9));
  }

  /** Of a column's row, where the engine tells of the primary key there. */
  KeyPart primaryKeyPart(ResultSet row, int position) throws SQLException, TooLargeException {
    return new KeyPart(table(row), PRIMARY, true, row.getInt(position), name(row, 4));
  }

  /**
   * Kind (primary, unique, foreign), what tells it apart, name, position, column, and of a foreign
   * one schema, table and column that it refers to.
   */
  RowTaker constraints() {
    return row -> rows.add(constraint(row));
  }

  private static SchemaRow constraint(ResultSet row) throws SQLException, TooLargeException {
    TableName table = table(row);
    String kind = row.getString(3);
    if (!kind.equals("foreign")) {
      return new KeyPart(table, name(row, 5), kind.equals("primary"), row.getInt(6), name(row, 7));
    }
    return new ForeignKeyPart(
        table,
        name(row, 4),
        optional(row, 5),
        row.getInt(6),
        name(row, 7),
        new TableName(name(row, 8), name(row, 9)),
        optional(row, 10));
  }

  /** Name, whether it is unique, position, column or expression. */
  RowTaker indexes() {
    return row -> rows.add(index(row));
  }

  static IndexPart index(ResultSet row) throws SQLException, TooLargeException {
    return new IndexPart(
        table(row),
        name(row, 3),
        row.getBoolean(4),
        row.getInt(5),
        Objects.requireNonNullElse(Texts.expression(text(row, 6)), ""));
  }

  private static TableName table(ResultSet row) throws SQLException, TooLargeException {
    return new TableName(name(row, 1), name(row, 2));
  }

  private static String name(ResultSet row, int index) throws SQLException, TooLargeException {
    return Texts.name(text(row, index));
  }

  private static @Nullable String optional(ResultSet row, int index)
      throws SQLException, TooLargeException {
    @Nullable String text = text(row, index);
    return text == null ? null : Texts.name(text);
  }

  private static @Nullable String comment(ResultSet row, int index) throws SQLException {
    return Texts.comment(text(row, index));
  }

  private static @Nullable Long count(ResultSet row, int index) throws SQLException {
    long count = row.getLong(index);
    return row.wasNull() || count < 0 ? null : count;
  }

  private static @Nullable String text(ResultSet row, int index) throws SQLException {
    return row.getString(index);
  }
}
