package io.tas.dbhub.activities.jdbc.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.query.Asking.Answer;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.query.QueryOrder;
import io.tas.dbhub.core.query.StatementOrder;
import io.tas.dbhub.core.sealing.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteQueryTest {
  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

  private static final String COUNTING =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";

  @TempDir private Path directory;
  private Asking asking;

  @BeforeEach
  void start() throws Exception {
    Path file = Files.createDirectories(directory.resolve("acme")).resolve("shop.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2))");
      sql.execute("INSERT INTO item VALUES (1, 'one', 1.5), (2, 'two', 'much'), (3, NULL, 3)");
    }
    asking =
        new Asking(
            new Target(DatabaseType.SQLITE, "", 0, "acme/shop.db", SslMode.DISABLE, 20, 20),
            new Credentials("", ""),
            new ProbeSettings(
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                4,
                true,
                List.of(),
                Optional.of(directory),
                Optional.empty()));
  }

  @AfterEach
  void stop() {
    asking.close();
  }

  @Test
  void valuesAreExactAndOfTheirType() {
    assertThat(
            asking
                .read(
                    "SELECT 1, 9007199254740993, 0.1, 'x', x'00ff', NULL, 9e999, price FROM item"
                        + " WHERE id = 2")
                .firstRow())
        .isEqualTo("[1,\"9007199254740993\",0.1,\"x\",\"AP8=\",null,\"Infinity\",\"much\"]");
  }

  @Test
  void noRowsStillHaveColumnsAndEqualNamesStayApart() {
    assertThat(asking.read("SELECT id, name AS id, price FROM item WHERE false").columns())
        .containsExactly("id:integer", "id:text", "price:decimal");
  }

  @Test
  void truncatedIsSaidExactlyWhenRowsWereCut() {
    assertThat(rows(3, "SELECT * FROM item").truncated()).isEmpty();
    assertThat(rows(2, "SELECT * FROM item").truncated()).isEqualTo("ROWS");
    assertThat(rows(2, "SELECT * FROM item").rows()).hasSize(2);
    assertThat(rows(2, "VALUES (1), (2), (3)").truncated()).isEqualTo("ROWS");
  }

  private Answer rows(int most, String sql) {
    return asking.ask(Asking.order(true, most, 1 << 20, 20_000, List.of(StatementOrder.of(sql))));
  }

  @Test
  void whateverAParameterSaysItIsAValue() {
    for (String hostile : List.of("'; DROP TABLE item; --", "\\'", "?", "ä\uD83D\uDE00", "*/")) {
      StatementOrder bound =
          new StatementOrder(List.of("SELECT ", " AS v"), List.of(new TextNode(hostile)));
      assertThat(asking.ask(Asking.order(true, List.of(bound))).rows().get(0).get(0).asText())
          .isEqualTo(hostile);
    }
  }

  @Test
  void aReadOnlyQueryWritesNothingWhateverItSays() {
    assertThat(asking.read("DELETE FROM item").kind()).isEqualTo("readonly");
    assertThat(asking.read("PRAGMA query_only = OFF", "DELETE FROM item").kind())
        .isEqualTo("readonly");
    assertThat(asking.read("SELECT count(*) FROM item").firstRow()).isEqualTo("[3]");
  }

  @Test
  void noQueryLeavesItsFile() {
    Path other = directory.resolve("other.db");
    assertThat(asking.write("ATTACH '" + other + "' AS o").kind()).isEqualTo("execution");
    assertThat(asking.write("VACUUM INTO '" + other + "'").text()).contains("error");
    assertThat(asking.write("SELECT load_extension('x')").text()).contains("error");
    assertThat(other).doesNotExist();
  }

  @Test
  void aFileIsVacuumedInPlaceAndNothingIsAttachedAfterwards() {
    for (String vacuum : List.of("VACUUM", "vacuum main;")) {
      assertThat(asking.write(vacuum).text())
          .isEqualTo("{\"columns\":[]}\n{\"end\":{\"rows\":0}}\n");
    }
    Path other = directory.resolve("other.db");
    for (String leaving :
        List.of(
            "VACUUM INTO '" + other + "'",
            "VACUUM main INTO '" + other + "'",
            "ATTACH '" + other + "' AS o")) {
      assertThat(asking.write(leaving).kind()).as(leaving).isEqualTo("execution");
    }
    assertThat(asking.read("VACUUM").kind())
        .as("of a file opened for reading")
        .isEqualTo("execution");
    assertThat(other).doesNotExist();
  }

  @Test
  void severalWritesAreOneTransaction() {
    Answer answer =
        asking.write("INSERT INTO item VALUES (8, '', 0)", "INSERT INTO item VALUES (8, '', 0)");
    assertThat(answer.kind()).isEqualTo("execution");
    assertThat(asking.read("SELECT count(*) FROM item").firstRow()).isEqualTo("[3]");
    assertThat(asking.write("UPDATE item SET price = 0").last().path("end").path("rows").asInt())
        .isEqualTo(3);
  }

  @Test
  void anErrorSaysWhatWasMeantThoughAViewIsBroken() {
    asking.write("CREATE VIEW broken AS SELECT x FROM nowhere");
    assertThat(asking.read("SELECT nmae FROM item").error().path("suggestion").asText())
        .isEqualTo("Did you mean \"name\"?");
  }

  @Test
  void anErrorSaysWhatWasMeant() {
    assertThat(asking.read("SELECT nmae FROM item").error().path("suggestion").asText())
        .isEqualTo("Did you mean \"name\"?");
    assertThat(asking.read("SELECT 1 FROM itme").error().path("suggestion").asText())
        .isEqualTo("Did you mean \"item\"?");
    assertThat(asking.read("SELEC 1").kind()).isEqualTo("syntax");
  }

  @Test
  void aQueryWithoutAnEndIsEnded() {
    Answer answer =
        asking.ask(Asking.order(true, 10, 10_000, 300, List.of(StatementOrder.of(ENDLESS))));
    assertThat(answer.kind()).as(answer.text()).isEqualTo("timeout");
    await().atMost(Duration.ofSeconds(10)).until(() -> asking.runner().running() == 0);
  }

  @Test
  void anExportMayBeTakenForLongerThanItsStatementMayTake() throws Exception {
    long longer = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    TakingSink sink = new TakingSink(() -> await().until(() -> System.nanoTime() - longer > 0));

    asking.runner().run(Asking.export(true, 50_000, 2_000, 120_000, COUNTING), sink);

    assertThat(sink.failure).isEmpty();
    assertThat(sink.end.rows()).isEqualTo(50_000);
  }

  @Test
  void anExportThatIsTakenForTooLongEnds() throws Exception {
    long longer = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    TakingSink sink = new TakingSink(() -> await().until(() -> System.nanoTime() - longer > 0));

    asking.runner().run(Asking.export(true, 1_000_000_000, 20_000, 300, COUNTING), sink);

    assertThat(sink.failure).startsWith("timeout: The rows were not taken in the time");
  }

  @Test
  void aCancelledQueryIsEnded() {
    QueryOrder order = Asking.order(true, ENDLESS);
    CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> asking.ask(order));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> asking.runner().cancel(order.queryId(), Asking.ALICE) || answer.isDone());
    assertThat(answer.join().kind()).isEqualTo("cancelled");
  }
}
