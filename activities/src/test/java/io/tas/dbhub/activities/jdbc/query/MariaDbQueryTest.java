package io.tas.dbhub.activities.jdbc.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import io.tas.dbhub.activities.jdbc.MariaDb;
import io.tas.dbhub.activities.jdbc.Targets;
import io.tas.dbhub.activities.jdbc.query.Asking.Answer;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.query.QueryOrder;
import io.tas.dbhub.core.query.StatementOrder;
import io.tas.dbhub.core.sealing.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server. */
final class MariaDbQueryTest extends ExportRules {

  @TempDir private static Path directory;
  private static MariaDb server;
  private static Asking asking;
  private static Asking admin;

  @BeforeAll
  static void start() throws Exception {
    server =
        new MariaDb(
            directory,
            List.of(
                "CREATE DATABASE shop;",
                "CREATE TABLE shop.item (id int PRIMARY KEY, name text, price decimal(20,4));",
                "CREATE TABLE shop.changed (id int) ENGINE=InnoDB;",
                "CREATE TABLE shop.kinds (a bigint unsigned, b bit(8), c tinyint(1), d year, e"
                    + " time, f datetime(6), g timestamp(3) NULL, h blob, i date, j json);",
                "SET SESSION sql_mode = '';",
                "SET SESSION time_zone = '+02:00';",
                "INSERT INTO shop.kinds VALUES (18446744073709551615, 5, 2, 2026, '-100:00:00',"
                    + " '2026-11-22 01:02:03.123456', '2026-11-22 02:02:03.5', x'00ff',"
                    + " '0000-00-00', '{\"a\": 1.10}');",
                "CREATE USER reader IDENTIFIED BY 'r';",
                "GRANT ALL ON shop.* TO reader;",
                "CREATE USER watcher IDENTIFIED BY 'w';",
                "GRANT PROCESS ON *.* TO watcher;"),
            List.of());
    asking =
        new Asking(
            Targets.at(DatabaseType.MARIADB, "localhost", server.port(), "shop", SslMode.DISABLE),
            new Credentials("reader", "r"),
            Targets.local());
    admin =
        new Asking(
            Targets.at(DatabaseType.MARIADB, "localhost", server.port(), "", SslMode.DISABLE),
            new Credentials("watcher", "w"),
            Targets.local());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> asking.read("SELECT 1").firstRow().equals("[1]"));
    asking.write(
        "INSERT INTO item WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900) SELECT i, CONCAT('item ', i), i FROM n");
  }

  @AfterAll
  static void stop() throws Exception {
    asking.close();
    admin.close();
    server.close();
  }

  @Test
  void valuesAreExactAndOfTheirType() {
    Answer answer =
        asking.read(
            "SELECT *, 12.50 AS k, 1e300 AS l, NULL AS m, 9007199254740993 AS n, 'x' AS o FROM"
                + " kinds");
    assertThat(answer.firstRow())
        .isEqualTo(
            "[\"18446744073709551615\",5,2,2026,\"-100:00:00\",\"2026-11-22T01:02:03.123456\","
                + "\"2026-11-22T00:02:03.500000Z\",\"AP8=\",\"0000-00-00\",{\"a\":1.10},\"12.50\",1E+300,"
                + "null,\"9007199254740993\",\"x\"]");
  }

  @Test
  void noRowsStillHaveColumnsAndEqualNamesStayApart() {
    assertThat(asking.read("SELECT id, name AS id, price FROM item WHERE false").columns())
        .containsExactly("id:integer", "id:text", "price:decimal");
  }

  @Test
  void truncatedIsSaidExactlyWhenRowsWereCut() {
    assertThat(rows(10, "SELECT id FROM item LIMIT 10").truncated()).isEmpty();
    assertThat(rows(10, "SELECT id FROM item LIMIT 11").truncated()).isEqualTo("ROWS");
    assertThat(rows(10, "SELECT id FROM item").rows()).hasSize(10);
    assertThat(rows(10, "SELECT id FROM item LIMIT 5, 800").rows()).hasSize(10);
    assertThat(rows(10, "(SELECT id FROM item) UNION ALL (SELECT id FROM item)").truncated())
        .isEqualTo("ROWS");
    assertThat(rows(900, "SELECT id FROM item").truncated()).isEmpty();
  }

  private static Answer rows(int most, String sql) {
    return asking.ask(Asking.order(true, most, 1 << 20, 20_000, List.of(StatementOrder.of(sql))));
  }

  @Test
  void parametersAreBoundInEverySqlMode() {
    for (String mode : List.of("", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ORACLE")) {
      for (String hostile :
          List.of(
              "'; DROP TABLE item; --", "\\'; SELECT 1 -- ", "\\", "?", "ä\uD83D\uDE00", "*/ # ")) {
        StatementOrder bound =
            new StatementOrder(List.of("SELECT ", " AS v"), List.of(new TextNode(hostile)));
        Answer answer =
            asking.ask(
                Asking.order(
                    false,
                    List.of(StatementOrder.of("SET SESSION sql_mode = '" + mode + "'"), bound)));
        assertThat(answer.rows().toString())
            .as(mode + ": " + answer.text())
            .contains(new TextNode(hostile).toString());
      }
    }
    assertThat(
            asking
                .ask(
                    Asking.order(
                        true,
                        List.of(
                            Asking.bound(
                                "SELECT ? + 1, ?, ?, id FROM item WHERE name = ? LIMIT ?",
                                "41",
                                "1.50",
                                "null",
                                "\"item 7\"",
                                "3"))))
                .firstRow())
        .isEqualTo("[42,\"1.50\",null,7]");
  }

  @Test
  void aReadOnlyQueryWritesNothingWhateverItSays() {
    assertThat(asking.read("INSERT INTO changed VALUES (1)").kind()).isEqualTo("readonly");
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
    asking.write("SET SESSION sql_select_limit = 1", "SET SESSION time_zone = '+05:00'");
    for (int i = 0; i < 5; i++) {
      assertThat(asking.read("SELECT id FROM changed WHERE id = 7").rows()).hasSize(2);
    }
  }

  @Test
  void severalStatementsInOneTextAreRefusedByTheServer() {
    assertThat(asking.read("SELECT 1; SELECT 2").kind()).isEqualTo("syntax");
  }

  @Test
  void anErrorSaysWhatWasMeant() {
    assertThat(asking.read("SELECT nmae FROM item").error().path("suggestion").asText())
        .isEqualTo("Did you mean \"name\"?");
    assertThat(asking.read("SELECT 1 FROM itme").error().path("suggestion").asText())
        .isEqualTo("Did you mean \"item\"?");
    assertThat(asking.read("SELECT * FROM mysql.global_priv").kind()).isEqualTo("permission");
    assertThat(asking.read("SELEC 1").kind()).isEqualTo("syntax");
  }

  @Test
  void aQueryThatTakesTooLongIsGoneFromTheServer() {
    Answer answer =
        asking.ask(
            Asking.order(
                true, 10, 10_000, 300, List.of(StatementOrder.of("SELECT SLEEP(60) /* late */"))));
    assertThat(answer.kind()).as(answer.text()).isEqualTo("timeout");
    await().atMost(Duration.ofSeconds(30)).until(() -> running("late") == 0);
  }

  @Test
  void aCancelledQueryIsGoneFromTheServer() {
    QueryOrder order = Asking.order(true, "SELECT SLEEP(60) /* cancelled */");
    CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> asking.ask(order));
    await().atMost(Duration.ofSeconds(30)).until(() -> running("cancelled") == 1);
    assertThat(asking.runner().cancel(order.queryId(), Asking.ALICE)).isTrue();
    assertThat(answer.join().kind()).isEqualTo("cancelled");
    await().atMost(Duration.ofSeconds(30)).until(() -> running("cancelled") == 0);
  }

  @Override
  Asking exports() {
    return asking;
  }

  @Override
  String rowsAs(int count, String name) {
    return "SELECT seq, REPEAT('x', 200) AS %s FROM seq_1_to_%d".formatted(name, count);
  }

  @Override
  String endless(String name) {
    return rowsAs(900_000_000, name);
  }

  @Test
  void anExportWithoutARowInItsStatementsTimeHasNotBegun() throws Exception {
    TakingSink sink = new TakingSink(() -> {});

    asking.runner().run(Asking.export(true, MANY, 300, 120_000, "SELECT SLEEP(60)"), sink);

    assertThat(sink.failure).startsWith("timeout: The query took longer");
    assertThat(sink.columns).isEmpty();
  }

  @Override
  void awaitGoneWhatever(String word) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                admin
                    .read(
                        "SELECT count(*) FROM information_schema.processlist WHERE info LIKE '% AS "
                            + word
                            + " FROM%' AND id <> connection_id()")
                    .firstRow()
                    .equals("[0]"));
  }

  private static int running(String word) {
    return admin
        .read(
            "SELECT count(*) FROM information_schema.processlist WHERE info LIKE '%SLEEP(60) /_ "
                + word
                + "%' AND id <> connection_id()")
        .rows()
        .get(0)
        .get(0)
        .asInt();
  }
}
