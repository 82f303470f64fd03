package io.tas.dbhub.activities.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.activities.jdbc.FakeServer;
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
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server; each test has a database of its own. */
final class PostgresSchemaTest {
  private static EmbeddedPostgres server;

  @TempDir private Path spool;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedPostgres.builder().start();
    sql("postgres", "CREATE ROLE reader LOGIN PASSWORD 'r'");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static void sql(String database, String... statements) throws Exception {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private static SchemaOf database(String name, String... statements) throws Exception {
    sql("postgres", "CREATE DATABASE " + name);
    sql(name, statements);
    return as(name, "postgres");
  }

  private static SchemaOf as(String name, String user) {
    return SchemaOf.server(
        Targets.at(DatabaseType.POSTGRES, "localhost", server.getPort(), name, SslMode.DISABLE),
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
            "CREATE TYPE mood AS ENUM ('sad', 'glad')",
            "CREATE DOMAIN short AS varchar(10) NOT NULL",
            "CREATE DOMAIN shorter AS short",
            "CREATE TABLE author (id int PRIMARY KEY, a int, b int, UNIQUE (b, a))",
            "CREATE TABLE item (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " gone int, name text NOT NULL DEFAULT 'it''s', price numeric(20,4),"
                + " twice numeric GENERATED ALWAYS AS (price * 2) STORED,"
                + " mood mood, tags text[], word shorter, by int REFERENCES author,"
                + " x int, y int, CONSTRAINT xy FOREIGN KEY (x, y) REFERENCES author (b, a))",
            "ALTER TABLE item DROP COLUMN gone",
            "CREATE INDEX item_lower ON item (lower(name), price) INCLUDE (x)",
            "COMMENT ON TABLE item IS 'what we sell'",
            "COMMENT ON COLUMN item.price IS 'in €'")) {

      assertThat(shop.table("public", "item"))
          .isEqualTo(
              new SchemaTable(
                  new TableName("public", "item"),
                  TableKind.TABLE,
                  "what we sell",
                  null,
                  List.of(
                      new SchemaColumn(
                          "id",
                          1,
                          "bigint",
                          ColumnType.INTEGER,
                          false,
                          "GENERATED ALWAYS AS IDENTITY",
                          null),
                      new SchemaColumn(
                          "name", 2, "text", ColumnType.TEXT, false, "'it''s'::text", null),
                      new SchemaColumn(
                          "price", 3, "numeric(20,4)", ColumnType.DECIMAL, true, null, "in €"),
                      new SchemaColumn(
                          "twice",
                          4,
                          "numeric",
                          ColumnType.DECIMAL,
                          true,
                          "(price * (2)::numeric)",
                          null),
                      column("mood", 5, "public.mood", ColumnType.ENUM, true),
                      column("tags", 6, "text[]", ColumnType.ARRAY, true),
                      column("word", 7, "public.shorter", ColumnType.TEXT, false),
                      column("by", 8, "integer", ColumnType.INTEGER, true),
                      column("x", 9, "integer", ColumnType.INTEGER, true),
                      column("y", 10, "integer", ColumnType.INTEGER, true)),
                  List.of(new SchemaKey("item_pkey", true, List.of("id"))),
                  List.of(
                      new ForeignKey(
                          "item_by_fkey",
                          List.of("by"),
                          new TableName("public", "author"),
                          List.of("id")),
                      new ForeignKey(
                          "xy",
                          List.of("x", "y"),
                          new TableName("public", "author"),
                          List.of("b", "a"))),
                  List.of(
                      new SchemaIndex("item_lower", false, List.of("lower(name)", "price")),
                      new SchemaIndex("item_pkey", true, List.of("id")))));
      assertThat(shop.table("public", "author").keys())
          .containsExactly(
              new SchemaKey("author_pkey", true, List.of("id")),
              new SchemaKey("author_b_a_key", false, List.of("b", "a")));
    }
  }

  @Test
  void viewsForeignTablesAndPartitionedTablesAreToldAndPartitionsAreNot() throws Exception {
    try (SchemaOf shop =
        database(
            "kinds",
            "CREATE TABLE sale (day date, id int, PRIMARY KEY (day, id)) PARTITION BY RANGE (day)",
            "CREATE TABLE sale_26 PARTITION OF sale FOR VALUES FROM ('2026-01-01') TO"
                + " ('2027-01-01')",
            "CREATE TABLE refund (day date, sale int, FOREIGN KEY (day, sale) REFERENCES sale)",
            "CREATE VIEW seen AS SELECT id, day AS on_day FROM sale",
            "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one",
            "CREATE EXTENSION IF NOT EXISTS file_fdw",
            "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
            "CREATE FOREIGN TABLE far (a int) SERVER files OPTIONS (filename '/dev/null')",
            "CREATE UNLOGGED TABLE loose ()",
            "CREATE TEMPORARY TABLE passing (a int)")) {

      Map<TableName, SchemaTable> tables = shop.tables();

      assertThat(tables.values())
          .extracting(table -> table.name().table() + " " + table.kind().wireName())
          .containsExactly(
              "far foreign_table",
              "kept materialized_view",
              "loose table",
              "refund table",
              "sale table",
              "seen view");
      assertThat(shop.table("public", "refund").foreignKeys())
          .containsExactly(
              new ForeignKey(
                  "refund_day_sale_fkey",
                  List.of("day", "sale"),
                  new TableName("public", "sale"),
                  List.of("day", "id")));
      assertThat(shop.table("public", "seen").columns())
          .containsExactly(
              column("id", 1, "integer", ColumnType.INTEGER, true),
              column("on_day", 2, "date", ColumnType.DATE, true));
      assertThat(shop.table("public", "loose").columns()).isEmpty();
    }
  }

  @Test
  void typesAreSaidAsOneSaysThemOfEveryEngine() throws Exception {
    try (SchemaOf shop =
        database(
            "types",
            "CREATE TABLE t (a boolean, b smallint, c money, d real, e char(3), f bytea, g date,"
                + " h timetz, i timestamp(3), j timestamptz, k interval, l uuid, m jsonb, n xml,"
                + " o int[][], p polygon, q bit varying(5), r inet, s int4range, t name)")) {
      assertThat(shop.table("public", "t").columns())
          .extracting(column -> column.type() + " " + column.normalized().wireName())
          .containsExactly(
              "boolean boolean",
              "smallint integer",
              "money decimal",
              "real float",
              "character(3) text",
              "bytea binary",
              "date date",
              "time with time zone time",
              "timestamp(3) without time zone timestamp",
              "timestamp with time zone timestamp_tz",
              "interval interval",
              "uuid uuid",
              "jsonb json",
              "xml xml",
              "integer[] array",
              "polygon geometry",
              "bit varying(5) bit",
              "inet other",
              "int4range other",
              "name text");
    }
  }

  @Test
  void eachKindOfChangeIsSeenInItsTableAlone() throws Exception {
    try (SchemaOf shop =
        database(
            "changing",
            "CREATE TABLE other (id int PRIMARY KEY)",
            "CREATE TABLE t (id int, a text, b int)",
            "INSERT INTO other SELECT generate_series(1, 1000)")) {
      Map<TableName, String> before = shop.digests();
      assertThat(shop.digests()).isEqualTo(before);
      sql("changing", "ANALYZE");
      assertThat(shop.digests()).isEqualTo(before);
      assertThat(shop.table("public", "other").rows()).isEqualTo(1000);
      for (String change :
          List.of(
              "ALTER TABLE t ADD c int",
              "ALTER TABLE t RENAME a TO z",
              "ALTER TABLE t ALTER b TYPE bigint",
              "ALTER TABLE t ALTER b SET NOT NULL",
              "ALTER TABLE t ALTER b SET DEFAULT 7",
              "ALTER TABLE t ADD PRIMARY KEY (id)",
              "ALTER TABLE t ADD UNIQUE (b)",
              "ALTER TABLE t ADD FOREIGN KEY (id) REFERENCES other",
              "CREATE INDEX ON t (lower(z))",
              "COMMENT ON TABLE t IS 'said'",
              "COMMENT ON COLUMN t.z IS 'said, too'",
              "ALTER TABLE t DROP COLUMN c",
              "DROP TABLE t",
              "CREATE TABLE t ()")) {
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
        List.of(
            "it's \"quoted\"",
            "a.b",
            "'; DROP TABLE t; --",
            "\uD83D\uDE00 ü\n\t\u0001",
            "MiXed",
            "?",
            "{relation}",
            "$1 :millis");
    try (SchemaOf shop = database("hostile")) {
      for (String name : hostile) {
        String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
        sql(
            "hostile",
            "CREATE SCHEMA %1$s; CREATE TABLE %1$s.%1$s (%1$s int PRIMARY KEY)".formatted(quoted));
      }
      Map<TableName, SchemaTable> tables = shop.tables();
      assertThat(tables.keySet())
          .containsExactlyInAnyOrderElementsOf(
              hostile.stream().map(name -> new TableName(name, name)).toList());
      tables.forEach(
          (name, table) -> {
            assertThat(table.columns().get(0).name()).isEqualTo(name.table());
            assertThat(table.keys().get(0).columns()).containsExactly(name.table());
          });
    }
  }

  @Test
  void longCommentsAndDefaultsAreCut() throws Exception {
    try (SchemaOf shop =
        database(
            "wordy",
            "CREATE TABLE t (a text DEFAULT '" + "d".repeat(1_000_000) + "')",
            "COMMENT ON TABLE t IS '" + "\uD83D\uDE00".repeat(1_000_000) + "'",
            "COMMENT ON COLUMN t.a IS '" + "c".repeat(4_000) + "'")) {
      SchemaTable table = shop.table("public", "t");
      assertThat(table.comment()).isEqualTo("\uD83D\uDE00".repeat(4_000) + "…");
      assertThat(table.columns().get(0).defaultValue()).isEqualTo("'" + "d".repeat(1_999) + "…");
      assertThat(table.columns().get(0).comment()).isEqualTo("c".repeat(4_000));
    }
  }

  @Test
  void aLoginIsToldOfWhatItMayRead() throws Exception {
    try (SchemaOf all =
            database(
                "granted",
                "CREATE TABLE mine (a int)",
                "CREATE TABLE partly (a int, b int)",
                "CREATE TABLE secret (a int)",
                "CREATE SCHEMA closed",
                "CREATE TABLE closed.open (a int)",
                "GRANT SELECT ON mine, closed.open TO reader",
                "GRANT SELECT (b) ON partly TO reader");
        SchemaOf reader = as("granted", "reader")) {
      assertThat(reader.tables().keySet())
          .extracting(TableName::table)
          .containsExactly("mine", "partly");
      assertThat(all.tables()).hasSize(4);
    }
  }

  @Test
  void manyTablesAreReadWithAsManyStatementsAsOne() throws Exception {
    try (SchemaOf one = database("one", "CREATE TABLE t (a int)");
        SchemaOf many =
            database(
                "many",
                "DO $$ BEGIN FOR i IN 1..3000 LOOP EXECUTE format('CREATE TABLE t%s (id int,"
                    + " a text, b int, c int, d date, e text)', i); END LOOP; END $$")) {
      try (SpooledSchema few = one.read();
          SpooledSchema large = many.read(SchemaOf.settings(spool), () -> {})) {
        assertThat(large.statements()).isEqualTo(few.statements()).isLessThan(10);
        assertThat(large.database()).isEqualTo("many");
        assertThat(large.totals().tables()).isEqualTo(3000);
        assertThat(large.totals().columns()).isEqualTo(18_000);
        assertThat(SchemaOf.tables(large)).hasSize(3000);
        assertThat(SchemaOf.tables(large).values())
            .allSatisfy(table -> assertThat(table.columns()).hasSize(6));
        assertThat(files()).isEmpty();
      }
    }
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(spool)) {
      return files.toList();
    }
  }

  @Test
  void moreThanMayBeReadIsRefused() throws Exception {
    try (SchemaOf shop =
        database("large", "CREATE TABLE a (x int, y int)", "CREATE TABLE b (x int, y int)")) {
      for (SchemaReaderSettings little :
          List.of(
              new SchemaReaderSettings(Duration.ofSeconds(60), 1, 100, spool),
              new SchemaReaderSettings(Duration.ofSeconds(60), 100, 3, spool))) {
        SchemaUnreadableException thrown =
            catchThrowableOfType(
                SchemaUnreadableException.class, () -> shop.read(little, () -> {}).close());
        assertThat(thrown.error().kind()).isEqualTo(ErrorKind.CONFIGURATION);
        assertThat(thrown.error().message()).contains("more than");
      }
    }
  }

  @Test
  void aLockThatIsNotGivenEndsTheReading() throws Exception {
    try (SchemaOf shop = database("locked", "CREATE TABLE a (x int)");
        Connection locking = server.getDatabase("postgres", "locked").getConnection();
        Statement lock = locking.createStatement()) {
      locking.setAutoCommit(false);
      lock.execute("LOCK TABLE pg_catalog.pg_description IN ACCESS EXCLUSIVE MODE");
      SchemaReaderSettings quick =
          new SchemaReaderSettings(Duration.ofMillis(700), 100, 100, spool);

      SchemaUnreadableException thrown =
          catchThrowableOfType(
              SchemaUnreadableException.class, () -> shop.read(quick, () -> {}).close());

      assertThat(thrown.error().kind()).isEqualTo(ErrorKind.TIMEOUT);
      SchemaUnreadableException patient =
          catchThrowableOfType(SchemaUnreadableException.class, () -> shop.read().close());
      assertThat(patient.error().kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(patient.error().message()).contains("locked");
    }
  }

  @Test
  void whatAliveThrowsEndsTheReadingAndComesOut() throws Exception {
    try (SchemaOf shop = database("cancelled", "CREATE TABLE a (x int)")) {
      assertThatThrownBy(
              () ->
                  shop.read(
                      SchemaOf.settings(spool),
                      () -> {
                        throw new IllegalStateException("cancelled");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("cancelled");
    }
  }

  /** More than a line holds: a table of many long comments. */
  private static void wide(String database) throws Exception {
    sql("postgres", "CREATE DATABASE " + database);
    sql(
        database,
        "DO $$ BEGIN CREATE TABLE wide (); FOR i IN 1..600 LOOP"
            + " EXECUTE format('ALTER TABLE wide ADD c%s int', i);"
            + " EXECUTE format('COMMENT ON COLUMN wide.c%s IS %L', i, repeat('x', 4000));"
            + " END LOOP; END $$");
  }

  /**
   * What the server says passes up to a number of bytes.
   *
   * @param then what is done with the client instead of passing on more
   */
  private static FakeServer passing(int bytes, FakeServer.Manner then) {
    return new FakeServer(
        (client, over) -> {
          try (Socket behind = new Socket("localhost", server.getPort())) {
            Thread asking = new Thread(() -> pass(client, behind));
            asking.start();
            byte[] buffer = new byte[4096];
            for (int left = bytes; left > 0; ) {
              int read = behind.getInputStream().read(buffer);
              if (read < 0) {
                return;
              }
              client.getOutputStream().write(buffer, 0, read);
              left -= read;
            }
            then.treat(client, over);
          }
        });
  }

  private static int sessions(String database) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      // The client has left.
      to.close();
    } catch (IOException e) {
      // One of them has left.
    }
  }

  private static SchemaOf behind(FakeServer proxy, String database) {
    return SchemaOf.server(
        Targets.at(DatabaseType.POSTGRES, "localhost", proxy.port(), database, SslMode.DISABLE),
        "postgres",
        "r");
  }

  @Test
  void aConnectionThatIsDroppedInTheMiddleLeavesNothingBehind() throws Exception {
    wide("dropped");
    try (FakeServer proxy = passing(1_000_000, (client, over) -> client.close());
        SchemaOf shop = behind(proxy, "dropped")) {
      SchemaUnreadableException thrown =
          catchThrowableOfType(
              SchemaUnreadableException.class,
              () -> shop.read(SchemaOf.settings(spool), () -> {}).close());
      assertThat(thrown.error().kind()).isEqualTo(ErrorKind.CONNECTION);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aServerThatFallsSilentIsLeftWhenTheTimeIsUp() throws Exception {
    wide("silent");
    try (FakeServer proxy = passing(1_000_000, (client, over) -> over.await());
        SchemaOf shop = behind(proxy, "silent")) {
      SchemaReaderSettings quick =
          new SchemaReaderSettings(Duration.ofSeconds(2), 100, 100_000, spool);
      SchemaUnreadableException thrown =
          catchThrowableOfType(
              SchemaUnreadableException.class, () -> shop.read(quick, () -> {}).close());
      assertThat(thrown.error().kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(thrown.error().message()).contains("within 2 seconds");
      await().atMost(Duration.ofSeconds(60)).until(() -> sessions("silent") == 0);
    }
  }

  @Test
  void aServerThatNeverAnswersTheLoginIsLeftWhenTheTimeIsUp() throws Exception {
    try (FakeServer mute = new FakeServer((client, over) -> over.await());
        SchemaOf shop = behind(mute, "any")) {
      SchemaReaderSettings quick =
          new SchemaReaderSettings(Duration.ofMillis(500), 100, 100_000, spool);
      SchemaUnreadableException thrown =
          catchThrowableOfType(
              SchemaUnreadableException.class, () -> shop.read(quick, () -> {}).close());
      assertThat(thrown.error().kind()).isEqualTo(ErrorKind.TIMEOUT);
    }
  }

  @Test
  void aLargeSchemaIsOnDiskWithoutAName() throws Exception {
    wide("spooled");
    try (SchemaOf shop = as("spooled", "postgres");
        SpooledSchema schema = shop.read(SchemaOf.settings(spool), () -> {})) {
      assertThat(schema.onDisk()).isTrue();
      assertThat(files()).isEmpty();
      assertThat(schema.totals().columns()).isEqualTo(600);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws Exception {
    wide("unkept");
    try (SchemaOf shop = as("unkept", "postgres")) {
      SchemaUnreadableException thrown =
          catchThrowableOfType(
              SchemaUnreadableException.class,
              () -> shop.read(SchemaOf.settings(spool.resolve("none")), () -> {}).close());
      assertThat(thrown.error().message()).contains("could not keep");
    }
  }
}
