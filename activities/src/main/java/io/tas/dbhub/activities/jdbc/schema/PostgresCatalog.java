package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.core.schema.ColumnType;
import java.sql.SQLException;
import java.time.Duration;

/**
 * PostgreSQL's own catalog, in one state of it: a transaction that only reads. What the login may
 * read nothing of is left out.
 */
final class PostgresCatalog implements Catalog {
  private static final SqlTexts SQL = new SqlTexts("postgres.sql");

  @Override
  public String read(CatalogSession session, SchemaRows rows, Duration within)
      throws SQLException, TooLargeException {
    int version = session.connection().getMetaData().getDatabaseMajorVersion();
    // Rows are only streamed inside of a transaction.
    session.connection().setAutoCommit(false);
    session.run(SQL.text("begin"));
    String database =
        session.first(SQL.text("settings"), 1, String.valueOf(within.toMillis())).get(0);
    CatalogRows means = new CatalogRows(this, rows);
    session.each(SQL.text("tables", version), means.tables());
    session.each(SQL.text("columns", version), means.columns());
    session.each(SQL.text("constraints", version), means.constraints());
    session.each(SQL.text("indexes", version), means.indexes());
    session.connection().rollback();
    return database;
  }

  /** By the base type's name; the statement says array and enum of what is one. */
  @Override
  public ColumnType normalized(String type) {
    return switch (type) {
      case "bool" -> ColumnType.BOOLEAN;
      case "int2", "int4", "int8", "oid" -> ColumnType.INTEGER;
      case "numeric", "money" -> ColumnType.DECIMAL;
      case "float4", "float8" -> ColumnType.FLOAT;
      case "text", "varchar", "bpchar", "char", "name", "citext" -> ColumnType.TEXT;
      case "bytea" -> ColumnType.BINARY;
      case "date" -> ColumnType.DATE;
      case "time", "timetz" -> ColumnType.TIME;
      case "timestamp" -> ColumnType.TIMESTAMP;
      case "timestamptz" -> ColumnType.TIMESTAMP_TZ;
      case "interval" -> ColumnType.INTERVAL;
      case "uuid" -> ColumnType.UUID;
      case "json", "jsonb" -> ColumnType.JSON;
      case "xml" -> ColumnType.XML;
      case "enum" -> ColumnType.ENUM;
      case "array" -> ColumnType.ARRAY;
      case "geometry", "geography", "point", "line", "lseg", "box", "path", "polygon", "circle" ->
          ColumnType.GEOMETRY;
      case "bit", "varbit" -> ColumnType.BIT;
      default -> ColumnType.OTHER;
    };
  }
}
