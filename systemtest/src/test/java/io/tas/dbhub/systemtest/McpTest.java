package io.tas.dbhub.systemtest;

import static io.tas.dbhub.systemtest.McpClient.answer;
import static io.tas.dbhub.systemtest.McpClient.error;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.systemtest.McpClient.Call;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An AI client with the official SDK, on all three engines. */
@ExtendWith(RealSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpTest {
  private static final List<String> MORE =
      List.of(
          "CREATE VIEW large_towns AS SELECT name FROM towns WHERE people > 20000",
          "CREATE UNIQUE INDEX towns_by_name ON towns (name)");

  private final TestSystem system;
  private final Tenant tenant;
  private final McpClient client;
  private final Map<String, String> ids = new HashMap<>();
  private String agent = "";

  McpTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
    this.client = new McpClient(system, Programs.standard(System.out));
  }

  @BeforeAll
  void connect() throws SQLException {
    Map<String, Object> postgres = tenant.postgres("orders");
    Map<String, Object> mariadb = tenant.mariadb("notes");
    Map<String, Object> sqlite = tenant.sqlite("books");
    more(postgres, mariadb, sqlite);
    for (Map<String, Object> each : List.of(postgres, mariadb, sqlite)) {
      ids.put(each.get("name").toString(), tenant.create(each));
    }
    ids.values().forEach(id -> tenant.awaitQuery(id, "SELECT 1"));
    agent =
        tenant
            .api()
            .post("tokens", Map.of("name", "assistant", "level", "query"))
            .body()
            .path("token")
            .asText();
    assertThat(agent).startsWith("dbh_");
  }

  /** A view, an index and routines, of the databases' owners. */
  private void more(
      Map<String, Object> postgres, Map<String, Object> mariadb, Map<String, Object> sqlite)
      throws SQLException {
    try (Connection connection =
        system.postgres().connect(postgres.get("database").toString(), login(postgres))) {
      run(connection, MORE);
      run(
          connection,
          List.of(
              "CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n * 2'",
              "CREATE PROCEDURE forget() LANGUAGE sql AS 'DELETE FROM towns'"));
    }
    try (Connection connection =
        system.mariadb().connect(mariadb.get("database").toString(), login(mariadb))) {
      run(connection, MORE);
      run(
          connection,
          List.of(
              "CREATE FUNCTION twice(n integer) RETURNS integer DETERMINISTIC RETURN n * 2",
              "CREATE PROCEDURE forget() DELETE FROM towns"));
    }
    Path file =
        system
            .local()
            .sqliteDirectory()
            .resolve(tenant.id())
            .resolve(sqlite.get("database").toString());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      run(connection, MORE);
      run(connection, List.of("CREATE VIEW broken AS SELECT name FROM villages"));
    }
  }

  private static void run(Connection connection, List<String> script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : script) {
        statement.execute(sql);
      }
    }
  }

  private static Login login(Map<String, Object> request) {
    return new Login(request.get("username").toString(), request.get("password").toString());
  }

  @Test
  void anAgentFindsItsToolsAndItsDatabases() {
    List<JsonNode> answers =
        client.run(
            agent,
            List.of(
                new Call("ping", Map.of()),
                new Call("tools/list", Map.of()),
                search(Map.of("object_type", "database"))));

    assertThat(answers.get(0).path("server").path("name").asText())
        .isEqualTo("dbhub-control-plane");
    assertThat(answers.get(0).path("instructions").asText()).contains("search_objects");
    assertThat(answers.get(1)).isEmpty();
    JsonNode tools = answers.get(2).path("tools");
    assertThat(tools.findValuesAsText("name")).contains("execute_sql", "search_objects");
    assertThat(tools.get(0).path("annotations").path("readOnlyHint").asBoolean()).isTrue();
    assertThat(tools.get(0).toString()).contains("orders", "notes", "books");
    assertThat(answer(answers.get(3)).path("databases").findValuesAsText("name"))
        .containsExactly("books", "notes", "orders");
  }

  @Test
  void everyEngineAnswersAQueryWithParameters() {
    String sql = "SELECT people, name FROM towns WHERE name = ? AND people > ?";
    for (String database : ids.keySet()) {
      List<Object> parameters = List.of("Aarau", 20000);
      List<JsonNode> answers =
          client.run(
              agent,
              List.of(
                  execute(Map.of("database", database, "sql", sql, "parameters", parameters)),
                  execute(
                      Map.of(
                          "database",
                          ids.get(database),
                          "sql",
                          "SELECT name FROM towns",
                          "max_rows",
                          1))));

      JsonNode answer = answer(answers.get(1));
      assertThat(answer.path("rows").toString()).as(database).isEqualTo("[[21506,\"Aarau\"]]");
      assertThat(answer.path("columns").findValuesAsText("name")).containsExactly("people", "name");
      assertThat(answer.path("truncated").asBoolean()).isFalse();
      assertThat(answer(answers.get(2)).path("truncated").asBoolean()).as(database).isTrue();
    }
  }

  @Test
  void everyTypeOfObjectIsFoundOnEveryEngine() {
    Map<String, String> wanted =
        Map.of(
            "schema", "",
            "table", "towns",
            "view", "large_towns",
            "column", "people",
            "index", "towns_by_name",
            "procedure", "forget",
            "function", "twice");
    for (String database : ids.keySet()) {
      List<String> types =
          wanted.keySet().stream()
              .filter(
                  type ->
                      !database.equals("books") || !List.of("procedure", "function").contains(type))
              .toList();
      List<Call> calls = new ArrayList<>();
      for (String type : types) {
        for (String level : List.of("names", "full")) {
          calls.add(
              search(
                  Map.of(
                      "database",
                      database,
                      "object_type",
                      type,
                      "detail_level",
                      level,
                      "pattern",
                      wanted.get(type).isEmpty() ? "%" : wanted.get(type).toUpperCase(ROOT))));
        }
      }

      List<JsonNode> answers = client.run(agent, calls);

      for (int i = 0; i < calls.size(); i++) {
        String type = types.get(i / 2);
        JsonNode answer = answer(answers.get(i + 1));
        List<String> columns = answer.path("columns").findValuesAsText("name");
        assertThat(answer.path("rows")).as(database + ": " + answer).isNotEmpty();
        for (JsonNode row : answer.path("rows")) {
          assertThat(row.path(columns.indexOf("name")).asText())
              .as(database + " " + type)
              .contains(wanted.get(type));
        }
      }
    }
  }

  @Test
  void aSearchIsNarrowedBySchemaAndTable() {
    List<JsonNode> answers =
        client.run(
            agent,
            List.of(
                search(columns("orders", "public", "TOWNS")),
                search(columns("orders", "nowhere", "towns")),
                search(columns("books", "main", "large_towns")),
                search(columns("notes", "mysql", "towns"))));

    assertThat(answer(answers.get(1)).path("row_count").asInt()).isEqualTo(2);
    assertThat(answer(answers.get(2)).path("row_count").asInt()).isZero();
    assertThat(answer(answers.get(3)).path("row_count").asInt()).isEqualTo(1);
    assertThat(answer(answers.get(4)).path("row_count").asInt()).isZero();
  }

  private static Map<String, Object> columns(String database, String schema, String table) {
    return Map.of("object_type", "column", "database", database, "schema", schema, "table", table);
  }

  @Test
  void anErrorSaysWhatWasMeant() {
    for (String database : ids.keySet()) {
      JsonNode error =
          error(
              client
                  .run(
                      agent,
                      List.of(
                          execute(Map.of("database", database, "sql", "SELECT nmae FROM towns"))))
                  .get(1));

      assertThat(error.path("kind").asText()).as(database).isEqualTo("syntax");
      assertThat(error.path("message").asText()).as(database).contains("nmae");
      assertThat(error.path("suggestion").asText()).as(database).contains("name");
    }
  }

  @Test
  void aWriteIsRefusedAndChangesNothing() {
    for (String database : ids.keySet()) {
      List<JsonNode> answers =
          client.run(
              agent,
              List.of(
                  execute(Map.of("database", database, "sql", "DELETE FROM towns")),
                  execute(Map.of("database", database, "sql", "SELECT count(*) FROM towns"))));

      assertThat(error(answers.get(1)).path("error").asText()).isEqualTo("NotReadOnly");
      assertThat(answer(answers.get(2)).path("rows").toString()).isEqualTo("[[2]]");
    }
  }

  @Test
  void anAnswerIsCutWhereItIsTooLongForAnAgent() {
    JsonNode result =
        client
            .run(
                agent,
                List.of(
                    execute(
                        Map.of(
                            "database",
                            "orders",
                            "sql",
                            "SELECT repeat('x', 10000) FROM generate_series(1, 900)"))))
            .get(1);

    JsonNode answer = answer(result);
    assertThat(answer.path("truncated_by").asText()).isEqualTo("bytes");
    assertThat(answer.path("rows").size()).isPositive();
    assertThat(result.toString().length()).isLessThan(300_000);
  }

  @Test
  void whoIsGrantedNothingSeesNothing() {
    ids.values()
        .forEach(
            id ->
                tenant
                    .api()
                    .put(
                        "databases/" + id + "/grants",
                        Map.of("grants", List.of(Map.of("principal", "user:x", "level", "view"))),
                        Map.of()));
    String stranger =
        system
            .local()
            .issuer()
            .token("eve@" + tenant.id(), tenant.id(), List.of("default"), List.of("analyst"));
    List<JsonNode> answers =
        client.run(
            stranger,
            List.of(
                new Call("tools/list", Map.of()),
                search(Map.of("object_type", "database")),
                execute(Map.of("database", "orders", "sql", "SELECT 1")),
                search(Map.of("object_type", "table", "database", "orders"))));

    assertThat(answers.get(1).path("tools").size()).isEqualTo(1);
    assertThat(answers.get(1).toString()).doesNotContain("orders", "execute_sql");
    assertThat(answer(answers.get(2)).path("databases")).isEmpty();
    assertThat(error(answers.get(3)).path("error").asText()).isEqualTo("NotFound");
    assertThat(error(answers.get(4))).isEqualTo(error(answers.get(3)));
  }

  @Test
  void whatAnAgentGivesUpIsEndedAndTheHistoryTellsHowItCame() {
    String endless =
        "SELECT count(*) FROM generate_series(1, 1000000000) a, generate_series(1, 9) b";
    AtomicInteger patience = new AtomicInteger(500);
    await("a query that was running when it was given up")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> {
              Call call =
                  execute(Map.of("database", "orders", "sql", endless, "timeout_seconds", 10));
              int after = patience.getAndUpdate(millis -> millis * 2);
              client.run(
                  agent,
                  List.of(new Call("given-up", Map.of("call", call.params(), "after", after))));
              return statuses();
            },
            statuses -> statuses.contains("cancelled"));
    ApiClient.Answer history = history();
    assertThat(history.body().path("queries").path(0).path("channel").asText()).isEqualTo("mcp");
    assertThat(history.body().path("queries").path(0).path("actor").asText())
        .isEqualTo("tester@" + tenant.id());
  }

  /** Once none of them runs any more. */
  private List<String> statuses() {
    return await()
        .atMost(Tenant.PATIENCE)
        .until(
            () -> history().body().path("queries").findValuesAsText("status"),
            statuses -> !statuses.isEmpty());
  }

  private ApiClient.Answer history() {
    return tenant.api().get("queries?q=1000000000");
  }

  private static Call execute(Map<String, Object> arguments) {
    return Call.tool("execute_sql", arguments);
  }

  private static Call search(Map<String, Object> arguments) {
    return Call.tool("search_objects", arguments);
  }
}
