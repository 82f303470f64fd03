package io.tas.dbhub.activities.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.schema.ColumnType;
import io.tas.dbhub.core.schema.ForeignKey;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaIndex;
import io.tas.dbhub.core.schema.SchemaKey;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.core.sealing.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSchemaTest {
  @TempDir private Path directory;
  private Path file;
  private SchemaOf shop;

  @BeforeEach
  void start() throws Exception {
    file = Files.createDirectories(directory.resolve("acme")).resolve("shop.db");
    sql("PRAGMA user_version = 1");
    shop =
        new SchemaOf(
            new Target(DatabaseType.SQLITE, "", 0, "acme/shop.db", SslMode.DISABLE, 20, 20),
            new Credentials("", ""),
            SchemaOf.files(directory));
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private void sql(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private static SchemaColumn column(
      String name, int position, String type, ColumnType normalized, boolean nullable) {
    return new SchemaColumn(name, position, type, normalized, nullable, null, null);
  }

  private static TableName name(String table) {
    return new TableName("main", table);
  }

  @Test
  void aTableIsToldWithAllThatBelongsToIt() throws Exception {
    sql(
        "CREATE TABLE Author (id INTEGER PRIMARY KEY, a INT, b INT, UNIQUE (b, a))",
        "CREATE TABLE item (id TEXT, part INT, name TEXT NOT NULL DEFAULT 'it''s',"
            + " price DECIMAL(10,2), twice REAL AS (price * 2), by INT REFERENCES author,"
            + " x INT, y INT, PRIMARY KEY (part, id),"
            + " CONSTRAINT xy FOREIGN KEY (x, y) REFERENCES Author (b, a))",
        "CREATE INDEX item_name ON item (name, price DESC)");

    assertThat(shop.table("main", "item"))
        .isEqualTo(
            new SchemaTable(
                name("item"),
                TableKind.TABLE,
                null,
                null,
                List.of(
                    column("id", 1, "TEXT", ColumnType.TEXT, true),
                    column("part", 2, "INT", ColumnType.INTEGER, true),
                    new SchemaColumn("name", 3, "TEXT", ColumnType.TEXT, false, "'it''s'", null),
                    column("price", 4, "DECIMAL(10,2)", ColumnType.DECIMAL, true),
                    new SchemaColumn("twice", 5, "REAL", ColumnType.FLOAT, true, "price * 2", null),
                    column("by", 6, "INT", ColumnType.INTEGER, true),
                    column("x", 7, "INT", ColumnType.INTEGER, true),
                    column("y", 8, "INT", ColumnType.INTEGER, true)),
                List.of(new SchemaKey("PRIMARY", true, List.of("part", "id"))),
                List.of(
                    new ForeignKey("by to Author", List.of("by"), name("Author"), List.of()),
                    new ForeignKey(
                        "x, y to Author", List.of("x", "y"), name("Author"), List.of("b", "a"))),
                List.of(
                    new SchemaIndex("item_name", false, List.of("name", "price")),
                    new SchemaIndex("sqlite_autoindex_item_1", true, List.of("part", "id")))));
    SchemaTable author = shop.table("main", "Author");
    assertThat(author.columns().get(0).nullable()).isFalse();
    assertThat(author.keys())
        .containsExactly(
            new SchemaKey("PRIMARY", true, List.of("id")),
            new SchemaKey("sqlite_autoindex_Author_1", false, List.of("b", "a")));
  }

  @Test
  void viewsAndVirtualTablesAreToldAndWhatBelongsToThemIsNot() throws Exception {
    sql(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a)",
        "CREATE VIEW v AS SELECT id, a || 'x' AS ax FROM t",
        "CREATE VIRTUAL TABLE words USING fts5(title, body)",
        "CREATE TABLE narrow (k TEXT PRIMARY KEY, v) WITHOUT ROWID");
    Map<TableName, SchemaTable> tables = shop.tables();
    assertThat(tables.values())
        .extracting(table -> table.name().table() + " " + table.kind().wireName())
        .containsExactly("narrow table", "t table", "v view", "words table");
    assertThat(shop.table("main", "v").columns())
        .extracting(SchemaColumn::name)
        .containsExactly("id", "ax");
    assertThat(shop.table("main", "words").columns())
        .extracting(SchemaColumn::name)
        .containsExactly("title", "body");
    assertThat(shop.table("main", "narrow").columns().get(0).nullable()).isFalse();
  }

  @Test
  void whatIsBrokenIsLeftWithoutColumnsAndTheRestIsRead() throws Exception {
    sql(
        "CREATE TABLE a (x INT)",
        "CREATE VIEW broken AS SELECT x FROM nowhere",
        "CREATE TABLE b (y INT)",
        "CREATE VIEW broken_too AS SELECT z FROM b",
        "CREATE TABLE c (z INT)",
        "CREATE VIEW whole AS SELECT y FROM b",
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema VALUES ('table', 'odd', 'odd', 0,"
            + " 'CREATE VIRTUAL TABLE odd USING absent(a)')");
    Map<TableName, SchemaTable> tables = shop.tables();
    assertThat(tables.values())
        .extracting(table -> table.name().table() + " " + table.columns().size())
        .containsExactly("a 1", "b 1", "broken 0", "broken_too 0", "c 1", "odd 0", "whole 1");
  }

  @Test
  void eachKindOfChangeIsSeenInItsTableAlone() throws Exception {
    sql("CREATE TABLE other (id INTEGER PRIMARY KEY)", "CREATE TABLE t (id INT, a TEXT)");
    Map<TableName, String> before = shop.digests();
    assertThat(shop.digests()).isEqualTo(before);
    for (String change :
        List.of(
            "ALTER TABLE t ADD c INT REFERENCES other",
            "ALTER TABLE t RENAME a TO z",
            "ALTER TABLE t ADD d TEXT NOT NULL DEFAULT ''",
            "CREATE INDEX t_z ON t (z)",
            "CREATE UNIQUE INDEX t_d ON t (d)",
            "ALTER TABLE t DROP COLUMN c",
            "DROP TABLE t",
            "CREATE VIEW t AS SELECT 1 AS one")) {
      sql(change);
      Map<TableName, String> after = shop.digests();
      assertThat(SchemaOf.changed(before, after)).as(change).containsExactly("t");
      before = after;
    }
  }

  @Test
  void expressionsAreToldAsTheyWereWritten() throws Exception {
    sql(
        "CREATE TABLE \"odd (name)\" (a TEXT DEFAULT '(,)', -- not, this\n \"b, \"\"c\" INT"
            + " GENERATED ALWAYS AS (length(a) + (1)) STORED, [d e] AS (a || ')'), `f` INT)",
        "CREATE INDEX \"i (x)\" ON \"odd (name)\" (a, lower(a || ','), f DESC) WHERE f > 1");
    SchemaTable table = shop.table("main", "odd (name)");
    assertThat(table.columns())
        .extracting(column -> column.name() + ": " + column.defaultValue())
        .containsExactly("a: '(,)'", "b, \"c: length(a) + (1)", "d e: a || ')'", "f: null");
    assertThat(table.indexes())
        .containsExactly(new SchemaIndex("i (x)", false, List.of("a", "lower(a || ',')", "f")));
  }

  @Test
  void rowsAreToldWhereTheyWereCounted() throws Exception {
    sql(
        "CREATE TABLE t (a INT)",
        "CREATE INDEX i ON t (a)",
        "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500)"
            + " SELECT i FROM n");
    assertThat(shop.table("main", "t").rows()).isNull();
    Map<TableName, String> before = shop.digests();
    sql("ANALYZE");
    assertThat(shop.table("main", "t").rows()).isEqualTo(500);
    assertThat(shop.digests()).isEqualTo(before);
  }

  @Test
  void typesAreSaidAsOneSaysThemOfEveryEngine() throws Exception {
    sql(
        "CREATE TABLE t (a BOOLEAN, b TINYINT(1), c NUMERIC, d DOUBLE PRECISION, e VARCHAR(10),"
            + " f BLOB, g date, h DATETIME, i, j UUID, k JSON, l FLOATING POINT, m MYSTERY)");
    assertThat(shop.table("main", "t").columns())
        .extracting(column -> column.type() + " " + column.normalized().wireName())
        .containsExactly(
            "BOOLEAN boolean",
            "TINYINT(1) integer",
            "NUMERIC decimal",
            "DOUBLE PRECISION float",
            "VARCHAR(10) text",
            "BLOB binary",
            "date date",
            "DATETIME timestamp",
            " other",
            "UUID uuid",
            "JSON json",
            "FLOATING POINT integer",
            "MYSTERY other");
  }

  @Test
  void namesAreDataWhateverTheySay() throws Exception {
    List<String> hostile =
        List.of(
            "it's \"quoted\"", "a.b", "'; DROP TABLE t; --", "\uD83D\uDE00 ü\n\t\u0001", "MiXed");
    for (String name : hostile) {
      sql("CREATE TABLE %1$s (%1$s INT)".formatted("\"" + name.replace("\"", "\"\"") + "\""));
    }
    Map<TableName, SchemaTable> tables = shop.tables();
    assertThat(tables.keySet())
        .extracting(TableName::table)
        .containsExactlyInAnyOrderElementsOf(hostile);
    tables.forEach(
        (name, table) -> assertThat(table.columns().get(0).name()).isEqualTo(name.table()));
  }

  @Test
  void aNameLongerThanAnyEngineAllowsIsRefused() throws Exception {
    sql("CREATE TABLE " + "t".repeat(2_000) + " (a INT)");
    SchemaUnreadableException thrown =
        catchThrowableOfType(SchemaUnreadableException.class, () -> shop.read().close());
    assertThat(thrown.error().kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(thrown.error().message()).contains("1,024 characters");
  }

  @Test
  void aNulInANameIsReplaced() throws Exception {
    sql(
        "CREATE TABLE t (a INT)",
        "CREATE VIEW v AS SELECT 1 AS x",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET name = 'v' || char(0) || 'w', sql = 'CREATE VIEW v AS SELECT 1 AS"
            + " x' WHERE name = 'v'");
    assertThat(shop.tables().keySet()).allSatisfy(n -> assertThat(n.table()).doesNotContain("\0"));
  }

  @Test
  void manyTablesAreReadWithAsManyStatementsAsOne() throws Exception {
    sql("CREATE TABLE first (a INT)");
    int statements;
    try (SpooledSchema one = shop.read()) {
      statements = one.statements();
      assertThat(one.database()).isEqualTo("shop.db");
      assertThat(one.onDisk()).isFalse();
    }
    String[] tables = new String[3_000];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = "CREATE TABLE t%d (id INTEGER PRIMARY KEY, a INT, b INT UNIQUE)".formatted(i);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String table : tables) {
        statement.execute(table);
      }
      connection.commit();
    }
    try (SpooledSchema many = shop.read()) {
      assertThat(many.statements()).isEqualTo(statements).isLessThan(10);
      assertThat(many.totals().tables()).isEqualTo(3_001);
      assertThat(many.totals().columns()).isEqualTo(9_001);
    }
  }
}
