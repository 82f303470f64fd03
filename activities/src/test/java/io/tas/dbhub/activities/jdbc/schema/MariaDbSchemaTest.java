package io.tas.dbhub.activities.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.activities.jdbc.MariaDb;
import io.tas.dbhub.activities.jdbc.Targets;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.schema.ColumnType;
import io.tas.dbhub.core.schema.ForeignKey;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaIndex;
import io.tas.dbhub.core.schema.SchemaKey;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server; each test has a database of its own. */
final class MariaDbSchemaTest {
  @TempDir private static Path directory;
  private static MariaDb server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new MariaDb(
            directory,
            List.of(
                "CREATE USER admin IDENTIFIED BY 'r';",
                "GRANT ALL ON *.* TO admin WITH GRANT OPTION;",
                "CREATE USER reader IDENTIFIED BY 'r';"),
            List.of());
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(
            () -> {
              sql("", "SELECT 1");
              return true;
            });
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static void sql(String database, String... statements) throws SQLException {
    String url = "jdbc:mariadb://localhost:" + server.port() + "/" + database;
    try (Connection connection = DriverManager.getConnection(url, "admin", "r");
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private static SchemaOf database(String name, String... statements) throws Exception {
    sql("", "CREATE DATABASE " + name);
    sql(name, statements);
    return as(name, "admin");
  }

  private static SchemaOf as(String name, String user) {
    return SchemaOf.server(
        Targets.at(DatabaseType.MARIADB, "localhost", server.port(), name, SslMode.DISABLE),
        user,
        "r");
  }

  private static SchemaColumn column(
      String name, int position, String type, ColumnType normalized, boolean nullable) {
    return new SchemaColumn(name, position, type, normalized, nullable, null, null);
  }

  @Test
  void aTableIsToldWithAllThatBelongsToIt() throws Exception {
    try (SchemaOf shop =
        database(
            "told",
            "CREATE TABLE author (id int PRIMARY KEY, a int, b int, UNIQUE ba (b, a))",
            "CREATE TABLE item (id bigint unsigned AUTO_INCREMENT PRIMARY KEY,"
                + " name varchar(20) NOT NULL DEFAULT 'it''s' COMMENT 'as we say',"
                + " price decimal(20,4) DEFAULT 0, twice int AS (price * 2) VIRTUAL,"
                + " mood enum('sad','glad') DEFAULT NULL, at datetime DEFAULT current_timestamp()"
                + " ON UPDATE current_timestamp(), x int, y int,"
                + " CONSTRAINT xy FOREIGN KEY (x, y) REFERENCES author (b, a),"
                + " KEY by_name (name, price)) COMMENT 'what we sell'")) {

      SchemaTable item = shop.table("told", "item");
      assertThat(item.rows()).isNotNull();
      assertThat(item)
          .isEqualTo(
              new SchemaTable(
                  new TableName("told", "item"),
                  TableKind.TABLE,
                  "what we sell",
                  item.rows(),
                  List.of(
                      new SchemaColumn(
                          "id",
                          1,
                          "bigint(20) unsigned",
                          ColumnType.INTEGER,
                          false,
                          "AUTO_INCREMENT",
                          null),
                      new SchemaColumn(
                          "name", 2, "varchar(20)", ColumnType.TEXT, false, "'it''s'", "as we say"),
                      new SchemaColumn(
                          "price", 3, "decimal(20,4)", ColumnType.DECIMAL, true, "0.0000", null),
                      new SchemaColumn(
                          "twice", 4, "int(11)", ColumnType.INTEGER, true, "`price` * 2", null),
                      column("mood", 5, "enum('sad','glad')", ColumnType.ENUM, true),
                      new SchemaColumn(
                          "at",
                          6,
                          "datetime",
                          ColumnType.TIMESTAMP,
                          true,
                          "current_timestamp() on update current_timestamp()",
                          null),
                      column("x", 7, "int(11)", ColumnType.INTEGER, true),
                      column("y", 8, "int(11)", ColumnType.INTEGER, true)),
                  List.of(new SchemaKey("PRIMARY", true, List.of("id"))),
                  List.of(
                      new ForeignKey(
                          "xy",
                          List.of("x", "y"),
                          new TableName("told", "author"),
                          List.of("b", "a"))),
                  List.of(
                      new SchemaIndex("PRIMARY", true, List.of("id")),
                      new SchemaIndex("by_name", false, List.of("name", "price")),
                      new SchemaIndex("xy", false, List.of("x", "y")))));
      assertThat(shop.table("told", "author").keys())
          .containsExactly(
              new SchemaKey("PRIMARY", true, List.of("id")),
              new SchemaKey("ba", false, List.of("b", "a")));
    }
  }

  @Test
  void viewsAreToldAlsoBrokenOnesAndSequencesAreNot() throws Exception {
    try (SchemaOf shop =
        database(
            "kinds",
            "CREATE TABLE t (a int)",
            "CREATE TABLE gone (a int)",
            "CREATE VIEW v AS SELECT a AS b FROM t",
            "CREATE VIEW broken AS SELECT a FROM gone",
            "CREATE SEQUENCE s",
            "DROP TABLE gone")) {
      Map<TableName, SchemaTable> tables = shop.tables();
      assertThat(tables.values())
          .extracting(table -> table.name().table() + " " + table.kind().wireName())
          .containsExactly("broken view", "t table", "v view");
      assertThat(tables.values()).allSatisfy(table -> assertThat(table.comment()).isNull());
      assertThat(shop.table("kinds", "v").columns())
          .containsExactly(column("b", 1, "int(11)", ColumnType.INTEGER, true));
    }
  }

  @Test
  void typesAreSaidAsOneSaysThemOfEveryEngine() throws Exception {
    try (SchemaOf shop =
        database(
            "types",
            "CREATE TABLE t (a boolean, b tinyint(4), c double, d longtext, e varbinary(3),"
                + " f date, g time(3), h timestamp NULL, i uuid, j json, k set('a'), l point,"
                + " m bit(8), n inet6, o year)")) {
      assertThat(shop.table("types", "t").columns())
          .extracting(column -> column.type() + " " + column.normalized().wireName())
          .containsExactly(
              "tinyint(1) boolean",
              "tinyint(4) integer",
              "double float",
              "longtext text",
              "varbinary(3) binary",
              "date date",
              "time(3) time",
              "timestamp timestamp_tz",
              "uuid uuid",
              "longtext text",
              "set('a') other",
              "point geometry",
              "bit(8) bit",
              "inet6 other",
              "year(4) integer");
    }
  }

  @Test
  void eachKindOfChangeIsSeenInItsTableAlone() throws Exception {
    try (SchemaOf shop =
        database(
            "changing",
            "CREATE TABLE other (id int PRIMARY KEY)",
            "CREATE TABLE t (id int, a varchar(20), b int)")) {
      Map<TableName, String> before = shop.digests();
      assertThat(shop.digests()).isEqualTo(before);
      sql("changing", "INSERT INTO t VALUES (NULL, 'a', 2)", "ANALYZE TABLE t");
      assertThat(shop.digests()).isEqualTo(before);
      for (String change :
          List.of(
              "ALTER TABLE t ADD c int",
              "ALTER TABLE t RENAME COLUMN a TO z",
              "ALTER TABLE t MODIFY b bigint",
              "ALTER TABLE t MODIFY b bigint NOT NULL",
              "ALTER TABLE t MODIFY b bigint NOT NULL DEFAULT 7",
              "ALTER TABLE t MODIFY c int FIRST",
              "ALTER TABLE t MODIFY c int DEFAULT NULL COMMENT 'said'",
              "ALTER TABLE t ADD PRIMARY KEY (b)",
              "ALTER TABLE t ADD UNIQUE u (z)",
              "ALTER TABLE t ADD FOREIGN KEY (id) REFERENCES other (id)",
              "CREATE INDEX i ON t (z, b)",
              "ALTER TABLE t COMMENT 'said'",
              "DROP TABLE t",
              "CREATE VIEW t AS SELECT 1 AS one")) {
        sql("changing", change);
        Map<TableName, String> after = shop.digests();
        assertThat(SchemaOf.changed(before, after)).as(change).containsExactly("t");
        before = after;
      }
    }
  }

  @Test
  void namesAreDataWhateverTheySay() throws Exception {
    List<String> hostile =
        List.of("it's \"quoted\"", "a.b", "'; DROP TABLE t; -- x", "`ü\n\t\u0001", "MiXed", "?");
    try (SchemaOf shop = database("hostile")) {
      for (String name : hostile) {
        sql(
            "hostile",
            "CREATE TABLE %1$s (%1$s int PRIMARY KEY)"
                .formatted("`" + name.replace("`", "``") + "`"));
      }
      Map<TableName, SchemaTable> tables = shop.tables();
      assertThat(tables.keySet())
          .extracting(TableName::table)
          .containsExactlyInAnyOrderElementsOf(hostile);
      tables.forEach(
          (name, table) -> assertThat(table.columns().get(0).name()).isEqualTo(name.table()));
    }
  }

  @Test
  void aLoginIsToldOfWhatItMayReadAndOfItsDatabaseOnly() throws Exception {
    sql("", "CREATE DATABASE elsewhere", "CREATE TABLE elsewhere.t (a int)");
    try (SchemaOf all =
            database(
                "granted",
                "CREATE TABLE mine (a int)",
                "CREATE TABLE secret (a int)",
                "GRANT SELECT ON granted.mine TO reader",
                "GRANT SELECT ON elsewhere.* TO reader");
        SchemaOf reader = as("granted", "reader")) {
      assertThat(reader.tables().keySet()).extracting(TableName::table).containsExactly("mine");
      assertThat(all.tables()).hasSize(2);
    }
  }

  @Test
  void aConnectionThatNamesNoDatabaseIsRefused() throws Exception {
    try (SchemaOf none = as("", "admin")) {
      SchemaUnreadableException thrown =
          catchThrowableOfType(SchemaUnreadableException.class, () -> none.read().close());
      assertThat(thrown.error().kind()).isEqualTo(ErrorKind.CONFIGURATION);
      assertThat(thrown.error().message()).contains("names no database");
    }
  }

  @Test
  void manyTablesAreReadWithAsManyStatementsAsOne() throws Exception {
    try (SchemaOf one = database("one", "CREATE TABLE t (a int)");
        SchemaOf many = database("many")) {
      String[] tables = new String[300];
      for (int i = 0; i < tables.length; i++) {
        tables[i] = "CREATE TABLE t%d (id int PRIMARY KEY, a text, b int)".formatted(i);
      }
      sql("many", tables);
      try (SpooledSchema few = one.read();
          SpooledSchema large = many.read()) {
        assertThat(large.statements()).isEqualTo(few.statements()).isLessThan(10);
        assertThat(large.database()).isEqualTo("many");
        assertThat(large.totals().tables()).isEqualTo(300);
        assertThat(large.totals().columns()).isEqualTo(900);
      }
    }
  }

  /** There is no MySQL to ask; its sibling understands the same words. */
  @Test
  void mySqlsQuestionsAreUnderstood() throws Exception {
    sql("", "CREATE DATABASE sibling");
    sql(
        "sibling",
        "CREATE TABLE t (a int DEFAULT 7, b varchar(20), c datetime DEFAULT current_timestamp())",
        "INSERT INTO t (b) VALUES ('x')");
    SqlTexts texts = new SqlTexts("mysql.sql");
    for (String name : List.of("tables", "columns_mysql", "constraints", "indexes")) {
      sql("sibling", texts.text(name, 5).replace("?", "'sibling'"));
    }
  }
}
