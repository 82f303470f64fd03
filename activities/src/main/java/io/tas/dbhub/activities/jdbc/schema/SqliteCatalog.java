package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Column;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.IndexPart;
import io.tas.dbhub.core.schema.ColumnType;
import java.io.File;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A SQLite file's schema, by its own table-valued pragmas. */
final class SqliteCatalog implements Catalog {
  private static final SqlTexts SQL = new SqlTexts("sqlite.sql");

  @Override
  public String read(CatalogSession session, SchemaRows rows, Duration within)
      throws SQLException, TooLargeException {
    // Functions and virtual tables that a hostile file's schema could call.
    session.run(SQL.text("begin"));
    // One state of the file for all statements.
    session.connection().setAutoCommit(false);
    List<String> file = session.first(SQL.text("database"), 2);
    CatalogRows means = new CatalogRows(this, rows);
    session.each(SQL.text(file.get(1).equals("1") ? "tables_analyzed" : "tables"), means.tables());
    columns(session, means, rows);
    session.each(SQL.text("keys"), means.constraints());
    session.each(SQL.text("foreign_keys"), means.constraints());
    session.each(
        SQL.text("indexes"), row -> rows.add(expression(CatalogRows.index(row), row.getString(7))));
    // Without the worker's directories.
    return new File(file.get(0)).getName();
  }

  /**
   * A view of what is gone, or a table of a module that is not there, fails the whole answer when
   * its turn comes: it is left without columns, and those behind it are asked for once more.
   */
  private static void columns(CatalogSession session, CatalogRows means, SchemaRows rows)
      throws SQLException, TooLargeException {
    AtomicLong last = new AtomicLong();
    while (true) {
      try {
        session.each(
            SQL.text("columns"),
            row -> {
              rows.add(generated(means.column(row), row.getString(12)));
              if (row.getInt(10) > 0) {
                rows.add(means.primaryKeyPart(row, 10));
              }
              last.set(row.getLong(11));
            },
            last.get());
        return;
      } catch (SQLException e) {
        // Anything but the general error concerns the whole file.
        if ((e.getErrorCode() & 0xff) != 1) {
          throw e;
        }
        long broken = last.get();
        session.each(SQL.text("next"), row -> last.set(row.getLong(1)), broken);
        if (last.get() == broken) {
          throw e;
        }
      }
    }
  }

  /**
   * @param sql that made the table, of a generated column; null of any other
   */
  private static Column generated(Column column, @Nullable String sql) {
    return sql == null
        ? column
        : new Column(
            column.table(),
            column.position(),
            column.name(),
            column.type(),
            column.normalized(),
            column.nullable(),
            Texts.expression(new SqliteDefinition(sql).generated(column.name()).orElse(null)),
            column.comment());
  }

  /**
   * @param sql that made the index, of an expression; null of a column
   */
  private static IndexPart expression(IndexPart part, @Nullable String sql) {
    @Nullable String expression =
        sql == null
            ? null
            : Texts.expression(new SqliteDefinition(sql).part(part.position()).orElse(null));
    return expression == null
        ? part
        : new IndexPart(part.table(), part.name(), part.unique(), part.position(), expression);
  }

  /**
   * By well-known names first, and for the rest by the rules of affinity. Any value may stand in
   * any column, so this is what the author meant.
   */
  @Override
  public ColumnType normalized(String type) {
    String declared = type.toUpperCase(Locale.ROOT);
    int end = declared.indexOf('(');
    String name = (end < 0 ? declared : declared.substring(0, end)).strip();
    return switch (name) {
      case "BOOLEAN", "BOOL" -> ColumnType.BOOLEAN;
      case "DATE" -> ColumnType.DATE;
      case "TIME" -> ColumnType.TIME;
      case "DATETIME", "TIMESTAMP" -> ColumnType.TIMESTAMP;
      case "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE" -> ColumnType.TIMESTAMP_TZ;
      case "DECIMAL", "NUMERIC", "NUMBER", "MONEY" -> ColumnType.DECIMAL;
      case "UUID", "GUID" -> ColumnType.UUID;
      case "JSON", "JSONB" -> ColumnType.JSON;
      case "XML" -> ColumnType.XML;
      case "BINARY", "VARBINARY", "BYTEA" -> ColumnType.BINARY;
      case "GEOMETRY", "POINT", "LINESTRING", "POLYGON" -> ColumnType.GEOMETRY;
      default -> byAffinity(declared);
    };
  }

  /** The rules of https://www.sqlite.org/datatype3.html, section 3.1, in their order. */
  private static ColumnType byAffinity(String declared) {
    if (declared.contains("INT")) {
      return ColumnType.INTEGER;
    }
    if (declared.contains("CHAR") || declared.contains("CLOB") || declared.contains("TEXT")) {
      return ColumnType.TEXT;
    }
    if (declared.contains("BLOB")) {
      return ColumnType.BINARY;
    }
    if (declared.contains("REAL") || declared.contains("FLOA") || declared.contains("DOUB")) {
      return ColumnType.FLOAT;
    }
    return ColumnType.OTHER;
  }
}
