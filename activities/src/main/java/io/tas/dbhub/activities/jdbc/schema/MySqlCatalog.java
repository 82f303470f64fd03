package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.core.schema.ColumnType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/**
 * MySQL and MariaDB: what their information schema says of the connection's one database. Its name
 * is bound, since without it the server opens every table of every database.
 */
final class MySqlCatalog implements Catalog {
  private static final SqlTexts SQL = new SqlTexts("mysql.sql");

  private static final int NO_DATABASE = 1046;

  private final boolean mariaDb;

  MySqlCatalog(boolean mariaDb) {
    this.mariaDb = mariaDb;
  }

  /** MySQL's driver streams at this value only. */
  @Override
  public int fetch() {
    return mariaDb ? Catalog.super.fetch() : Integer.MIN_VALUE;
  }

  @Override
  public String read(CatalogSession session, SchemaRows rows, Duration within)
      throws SQLException, TooLargeException {
    String engine = mariaDb ? "mariadb" : "mysql";
    session.run(
        SQL.text("limits_" + engine)
            .replace(":millis", String.valueOf(within.toMillis()))
            .replace(":seconds", String.valueOf(within.toMillis() / 1_000.0)));
    session.run(SQL.text("begin"));
    String database = session.first(SQL.text("database"), 1).get(0);
    if (database.isEmpty()) {
      throw new SQLException("no database", "3D000", NO_DATABASE);
    }
    // MariaDB's numbers are others, and its catalog has changed in nothing that is asked for.
    int version = mariaDb ? 0 : session.connection().getMetaData().getDatabaseMajorVersion();
    CatalogRows means = new CatalogRows(this, rows);
    session.each(SQL.text("tables"), means.tables(), database);
    session.each(SQL.text("columns_" + engine), means.columns(), database);
    session.each(SQL.text("constraints"), means.constraints(), database);
    session.each(SQL.text("indexes", version), means.indexes(), database);
    return database;
  }

  /**
   * By the name before the length. {@code tinyint(1)} is how both engines write a boolean; MariaDB
   * has no word of its own for JSON, which is text there.
   */
  @Override
  public ColumnType normalized(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    if (lower.equals("tinyint(1)")) {
      return ColumnType.BOOLEAN;
    }
    return switch (lower.split("[ (]", 2)[0]) {
      case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> ColumnType.INTEGER;
      case "decimal" -> ColumnType.DECIMAL;
      case "float", "double" -> ColumnType.FLOAT;
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> ColumnType.TEXT;
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> ColumnType.BINARY;
      case "date" -> ColumnType.DATE;
      case "time" -> ColumnType.TIME;
      case "datetime" -> ColumnType.TIMESTAMP;
      case "timestamp" -> ColumnType.TIMESTAMP_TZ;
      case "uuid" -> ColumnType.UUID;
      case "json" -> ColumnType.JSON;
      case "enum" -> ColumnType.ENUM;
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geomcollection",
          "geometrycollection" ->
          ColumnType.GEOMETRY;
      case "bit" -> ColumnType.BIT;
      default -> ColumnType.OTHER;
    };
  }
}
