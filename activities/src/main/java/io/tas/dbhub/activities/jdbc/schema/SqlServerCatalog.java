package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.core.schema.ColumnType;
import java.sql.SQLException;
import java.time.Duration;

/** Microsoft SQL Server's own catalog views. They have no one state for several statements. */
final class SqlServerCatalog implements Catalog {
  private static final SqlTexts SQL = new SqlTexts("sqlserver.sql");

  @Override
  public String read(CatalogSession session, SchemaRows rows, Duration within)
      throws SQLException, TooLargeException {
    session.run(SQL.text("begin"));
    String database = session.first(SQL.text("database"), 1).get(0);
    CatalogRows means = new CatalogRows(this, rows);
    session.each(SQL.text("tables"), means.tables());
    session.each(SQL.text("columns"), means.columns());
    session.each(SQL.text("constraints"), means.constraints());
    session.each(SQL.text("indexes"), means.indexes());
    return database;
  }

  /** By the system type's name. Its {@code timestamp} is a number that each change counts up. */
  @Override
  public ColumnType normalized(String type) {
    return switch (type) {
      case "bit" -> ColumnType.BOOLEAN;
      case "tinyint", "smallint", "int", "bigint" -> ColumnType.INTEGER;
      case "decimal", "numeric", "money", "smallmoney" -> ColumnType.DECIMAL;
      case "float", "real" -> ColumnType.FLOAT;
      case "char", "varchar", "text", "nchar", "nvarchar", "ntext", "sysname" -> ColumnType.TEXT;
      case "binary", "varbinary", "image", "timestamp", "rowversion" -> ColumnType.BINARY;
      case "date" -> ColumnType.DATE;
      case "time" -> ColumnType.TIME;
      case "datetime", "datetime2", "smalldatetime" -> ColumnType.TIMESTAMP;
      case "datetimeoffset" -> ColumnType.TIMESTAMP_TZ;
      case "uniqueidentifier" -> ColumnType.UUID;
      case "json" -> ColumnType.JSON;
      case "xml" -> ColumnType.XML;
      case "geometry", "geography" -> ColumnType.GEOMETRY;
      default -> ColumnType.OTHER;
    };
  }
}
