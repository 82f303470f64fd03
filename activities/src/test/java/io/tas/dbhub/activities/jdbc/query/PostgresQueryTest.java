package io.tas.dbhub.activities.jdbc.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.activities.jdbc.Targets;
import io.tas.dbhub.activities.jdbc.query.Asking.Answer;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryOrder;
import io.tas.dbhub.core.query.StatementOrder;
import io.tas.dbhub.core.sealing.Credentials;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real server. */
final class PostgresQueryTest extends ExportRules {

  private static EmbeddedPostgres server;
  private static Asking asking;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedPostgres.builder().start();
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement sql = admin.createStatement()) {
      sql.execute("CREATE TABLE item (id int PRIMARY KEY, name text, price numeric(20,4))");
      sql.execute("INSERT INTO item SELECT i, 'item ' || i, i FROM generate_series(1, 5000) i");
      sql.execute("CREATE TABLE secret (id int)");
      sql.execute("CREATE ROLE reader LOGIN PASSWORD 'r'");
      sql.execute("GRANT SELECT ON item TO reader");
      sql.execute("CREATE TABLE exported (i int)");
      sql.execute("GRANT ALL ON exported TO reader");
      sql.execute("CREATE TABLE changed (id int)");
      sql.execute("GRANT ALL ON changed TO reader");
    }
    asking =
        new Asking(
            Targets.at(
                DatabaseType.POSTGRES, "localhost", server.getPort(), "postgres", SslMode.DISABLE),
            new Credentials("reader", "r"),
            Targets.local());
  }

  @AfterAll
  static void stop() throws Exception {
    asking.close();
    server.close();
  }

  @Test
  void eachStatementIsAnsweredThoughItTellsNothing() {
    assertThat(asking.write("-- nothing").text())
        .isEqualTo("{\"columns\":[]}\n{\"end\":{\"rows\":0}}\n");
    assertThat(asking.write("SELECT 1", "DO $$ BEGIN END $$").text())
        .endsWith("{\"columns\":[]}\n{\"end\":{\"rows\":0}}\n");
  }

  @Test
  void valuesAreExactAndOfTheirType() {
    Answer answer =
        asking.read(
            "SELECT 1::int2 AS a, 9007199254740993::int8 AS b, 12.50::numeric AS c, 0.1::float8 AS"
                + " d, 'NaN'::float4 AS e, true AS f, NULL::text AS g, 'x'::text AS h,"
                + " '\\x00ff'::bytea AS i, '{\"a\": 1.10, \"b\": 12345678901234567890}'::jsonb AS j,"
                + " DATE '2026-11-22' AS k, TIMESTAMP '2026-11-22 01:02:03.123456' AS l,"
                + " TIMESTAMPTZ '2026-11-22 01:02:03+02' AS m, TIME '23:59:59.5' AS n,"
                + " INTERVAL '1 day 2 hours' AS o, ARRAY[1,2,NULL] AS p, ARRAY[['a','b\"c'],['','NULL']]"
                + " AS q, 'f47ac10b-58cc-4372-a567-0e02b2c3d479'::uuid AS r, 'infinity'::timestamptz"
                + " AS s, int4range(1, 5) AS t");
    assertThat(answer.firstRow())
        .isEqualTo(
            "[1,\"9007199254740993\",\"12.50\",0.1,\"NaN\",true,null,\"x\",\"AP8=\","
                + "{\"a\":1.10,\"b\":12345678901234567890},\"2026-11-22\","
                + "\"2026-11-22T01:02:03.123456\",\"2026-11-21T23:02:03Z\",\"23:59:59.5\","
                + "\"1 day 02:00:00\",[1,2,null],[[\"a\",\"b\\\"c\"],[\"\",\"NULL\"]],"
                + "\"f47ac10b-58cc-4372-a567-0e02b2c3d479\",\"infinity\",\"[1,5)\"]");
    assertThat(answer.columns())
        .startsWith("a:int2", "b:int8", "c:numeric", "d:float8")
        .contains("p:int4[]", "q:text[]", "m:timestamptz");
  }

  @Test
  void noRowsStillHaveColumnsAndEqualNamesStayApart() {
    assertThat(asking.read("SELECT id, name AS id, price FROM item WHERE false").columns())
        .containsExactly("id:int4", "id:text", "price:numeric");
  }

  @Test
  void truncatedIsSaidExactlyWhenRowsWereCut() {
    assertThat(rows(10, "SELECT id FROM item ORDER BY id LIMIT 10").truncated()).isEmpty();
    assertThat(rows(10, "SELECT id FROM item ORDER BY id LIMIT 11").truncated()).isEqualTo("ROWS");
    assertThat(rows(10, "SELECT id FROM item").rows()).hasSize(10);
    assertThat(rows(10, "VALUES (1), (2)").truncated()).isEmpty();
    assertThat(rows(999, "SELECT id FROM item OFFSET 1, 5000").text()).contains("syntax");
    assertThat(rows(999, "SELECT id FROM item LIMIT 5000").rows()).hasSize(999);
  }

  private static Answer rows(int most, String sql) {
    return asking.ask(Asking.order(true, most, 1 << 20, 20_000, List.of(StatementOrder.of(sql))));
  }

  @Test
  void anAnswerThatIsTooLargeIsCutAndSaysSo() {
    Answer answer =
        asking.ask(
            Asking.order(
                true,
                100_000,
                10_000,
                20_000,
                List.of(
                    StatementOrder.of("SELECT repeat('x', 1000) FROM generate_series(1, 900)"))));
    assertThat(answer.truncated()).isEqualTo("BYTES");
    assertThat(answer.rows()).hasSizeBetween(9, 11);
  }

  @Test
  void aRowThatNobodyCanHoldEndsTheQuery() {
    Answer answer =
        asking.ask(
            Asking.order(
                true,
                10,
                10_000,
                20_000,
                List.of(StatementOrder.of("SELECT repeat('x', 100000000)"))));
    assertThat(answer.kind()).isEqualTo("execution");
    assertThat(asking.read("SELECT 1").firstRow()).isEqualTo("[1]");
  }

  @Test
  void severalStatementsHaveSeveralResults() {
    Answer answer = asking.read("SELECT 1 AS a", "SELECT 'x' AS b WHERE false", "SELECT 3 AS c");
    assertThat(answer.lines()).hasSize(8);
    assertThat(answer.rows()).hasToString("[[1], [3]]");
  }

  @Test
  void parametersAreBoundByTheirType() {
    Answer answer =
        asking.ask(
            Asking.order(
                true,
                List.of(
                    Asking.bound(
                        "SELECT id, ?::text, ? + 1, ?, ?::date, substr(name, ?) FROM item"
                            + " WHERE name = ? AND price < ?",
                        "\"it's \\\\ \\\" ; -- \"",
                        "41",
                        "true",
                        "\"2026-11-22\"",
                        "2",
                        "\"item 7\"",
                        "10.5"))));
    assertThat(answer.firstRow())
        .isEqualTo("[7,\"it's \\\\ \\\" ; -- \",42,true,\"2026-11-22\",\"tem 7\"]");
  }

  @Test
  void aQuestionMarkThatIsAnOperatorStaysOne() {
    StatementOrder statement =
        new StatementOrder(
            List.of("SELECT '{\"a\": 1}'::jsonb ? 'a', ", ""),
            List.of(new com.fasterxml.jackson.databind.node.IntNode(5)));
    assertThat(asking.ask(Asking.order(true, List.of(statement))).firstRow()).isEqualTo("[true,5]");
    assertThat(asking.read("SELECT '{\"a\": 1}'::jsonb ? 'a'").firstRow()).isEqualTo("[true]");
  }

  @Test
  void whateverAParameterSaysItIsAValue() {
    for (String hostile :
        List.of(
            "'; DROP TABLE item; --",
            "\\'; SELECT 1",
            "$1",
            "?",
            "\u0000x".substring(1),
            "E'\\''",
            "ä\uD83D\uDE00",
            "/*",
            "*/",
            "--\n")) {
      StatementOrder statement =
          new StatementOrder(
              List.of("SELECT ", "::text AS v"),
              List.of(new com.fasterxml.jackson.databind.node.TextNode(hostile)));
      assertThat(asking.ask(Asking.order(true, List.of(statement))).rows().get(0).get(0).asText())
          .isEqualTo(hostile);
    }
  }

  @Test
  void aParameterOfTheWrongTypeIsNamed() {
    Answer answer =
        asking.ask(
            Asking.order(
                true,
                List.of(
                    Asking.bound("SELECT ?::text, id FROM item WHERE id = ?", "\"a\"", "\"b\""))));
    assertThat(answer.kind()).as(answer.text()).isEqualTo("parameter");
    assertThat(answer.error().path("parameter").asInt(-1)).isEqualTo(1);
  }

  @Test
  void aReadOnlyQueryWritesNothingWhateverItSays() {
    Answer answer = asking.read("INSERT INTO changed VALUES (1)");
    assertThat(answer.kind()).isEqualTo("readonly");
    assertThat(asking.read("SELECT count(*) FROM changed WHERE id = 1").firstRow())
        .isEqualTo("[0]");
  }

  @Test
  void aWriteTellsHowManyRowsAndLeavesNoSettingBehind() {
    assertThat(
            asking
                .write("INSERT INTO changed VALUES (7), (7)")
                .last()
                .path("end")
                .path("rows")
                .asInt())
        .isEqualTo(2);
    asking.write(
        "SET search_path = 'nowhere'", "SELECT set_config('statement_timeout', '1', false)");
    for (int i = 0; i < 5; i++) {
      assertThat(asking.read("SELECT count(*) FROM changed WHERE id = 7").firstRow())
          .isEqualTo("[2]");
    }
  }

  @Test
  void severalWritesAreOneTransaction() {
    Answer answer = asking.write("INSERT INTO changed VALUES (8)", "SELECT 1 / 0");
    assertThat(answer.kind()).isEqualTo("execution");
    assertThat(answer.error().path("statement").asInt()).isEqualTo(1);
    assertThat(asking.read("SELECT count(*) FROM changed WHERE id = 8").firstRow())
        .isEqualTo("[0]");
  }

  @Test
  void anErrorSaysWhereAndWhatWasMeant() {
    Answer column = asking.read("SELECT nmae FROM item");
    assertThat(column.kind()).isEqualTo("syntax");
    assertThat(column.error().path("position").asInt()).isEqualTo(8);
    assertThat(column.error().path("code").asText()).isEqualTo("42703");
    assertThat(column.error().path("suggestion").asText()).contains("name");
    Answer table = asking.read("SELECT 1 FROM itme");
    assertThat(table.error().path("suggestion").asText()).isEqualTo("Did you mean \"item\"?");
    assertThat(asking.read("SELECT * FROM secret").kind()).isEqualTo("permission");
    Answer syntax =
        asking.ask(
            Asking.order(true, List.of(Asking.bound("SELECT ?::int, ?::int FORM item", "1", "2"))));
    assertThat(syntax.error().path("position").asInt())
        .isEqualTo("SELECT ?::int, ?::int FORM i".length());
  }

  @Test
  void aQueryThatTakesTooLongIsGoneFromTheServer() throws Exception {
    Answer answer =
        asking.ask(
            Asking.order(
                true,
                10,
                10_000,
                300,
                List.of(StatementOrder.of("SELECT pg_sleep(60) /* late */"))));
    assertThat(answer.kind()).isEqualTo("timeout");
    awaitGone("late");
  }

  @Test
  void aCancelledQueryIsGoneFromTheServerAndOnlyItsAskerCancelsIt() throws Exception {
    QueryOrder order = Asking.order(true, "SELECT pg_sleep(60) /* cancelled */");
    CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> asking.ask(order));
    await().atMost(Duration.ofSeconds(30)).until(() -> activity("cancelled") == 1);
    assertThat(
            asking
                .runner()
                .cancel(order.queryId(), new Asker(new Scope("acme", "team"), "mallory")))
        .isFalse();
    assertThat(
            asking
                .runner()
                .cancel(order.queryId(), new Asker(new Scope("acme", "team"), "alice", "agent")))
        .as("an agent of hers, of a query that is not the agent's")
        .isFalse();
    assertThat(asking.runner().cancel(order.queryId(), Asking.ALICE)).isTrue();
    assertThat(answer.join().kind()).isEqualTo("cancelled");
    awaitGone("cancelled");
  }

  @Override
  Asking exports() {
    return asking;
  }

  @Override
  String rowsAs(int count, String name) {
    return "SELECT i, repeat('x', 200) AS %s FROM generate_series(1, %d) i".formatted(name, count);
  }

  @Override
  String endless(String name) {
    return rowsAs(9_000_000, name);
  }

  @Test
  void anExportWithoutARowInItsStatementsTimeHasNotBegun() throws Exception {
    TakingSink sink = new TakingSink(() -> {});

    asking.runner().run(Asking.export(true, MANY, 300, 120_000, "SELECT pg_sleep(60)"), sink);

    assertThat(sink.failure).startsWith("timeout: The query took longer");
    assertThat(sink.columns).isEmpty();
  }

  /** On a connection that may write, too, rows are fetched as they are taken, and writes count. */
  @Test
  void anExportOfAWritableConnectionIsTakenAsItComesAndCommitted() throws Exception {
    TakingSink sink = new TakingSink(() -> awaitState("by_cursor", "idle in transaction"));

    asking
        .runner()
        .run(
            Asking.export(
                false,
                MANY,
                20_000,
                120_000,
                "SELECT i AS by_cursor FROM generate_series(1, 10000) i"),
            sink);

    assertThat(sink.failure).isEmpty();
    assertThat(sink.end.rows()).isEqualTo(10_000);
    sink = new TakingSink(() -> {});
    asking
        .runner()
        .run(
            Asking.export(
                false,
                MANY,
                20_000,
                120_000,
                "INSERT INTO exported SELECT i FROM generate_series(1, 20) i RETURNING i"),
            sink);
    assertThat(sink.end.rows()).isEqualTo(20);
    assertThat(asking.read("SELECT count(*)::int4 FROM exported").firstRow()).isEqualTo("[20]");
  }

  private static void awaitState(String word, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> count("state = '" + state + "' AND query LIKE '%" + word + "%'") == 1);
  }

  /** Whether it runs or waits for its reader. */
  @Override
  void awaitGoneWhatever(String word) {
    await().atMost(Duration.ofSeconds(30)).until(() -> count("query LIKE '%" + word + "%'") == 0);
  }

  private static void awaitGone(String word) {
    await().atMost(Duration.ofSeconds(30)).until(() -> activity(word) == 0);
  }

  private static int activity(String word) throws Exception {
    return count("state = 'active' AND query LIKE '%" + word + "%'");
  }

  private static int count(String condition) throws Exception {
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement sql = admin.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    + " AND "
                    + condition)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
