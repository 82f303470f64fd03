package io.tas.dbhub.api;

import static io.tas.dbhub.api.Agents.sql;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.api.query.QueryCall;
import io.tas.dbhub.core.audit.QueryChannel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tools answer. */
@ExtendWith(RunningApi.class)
class McpCallsTest {
  private final World world;
  private final Agents agents;

  McpCallsTest(World world) {
    this.world = world;
    this.agents = new Agents(world);
  }

  @Test
  void databasesAreFoundWithWhatTheCallerMayDo() {
    String id = agents.created("Orders 2024");
    agents.created("Books");
    agents.grant(id, "vic", "view");
    JsonNode found =
        agents.called(
            agents.person(agents.ours, "vic", "analyst"),
            "search_objects",
            "{\"object_type\":\"database\",\"pattern\":\"ORDERS____4\"}");
    assertThat(found.path("truncated").asBoolean()).isFalse();
    assertThat(found.path("databases")).hasSize(1);
    ObjectNode database = (ObjectNode) found.path("databases").get(0);
    database.remove("status");
    assertThat(database.toString())
        .isEqualTo(
            "{\"name\":\"Orders 2024\",\"id\":\"%s\",\"type\":\"postgres\",\"level\":\"view\",\"read_only\":true}"
                .formatted(id));
  }

  @Test
  void aQueryIsAskedByNameOrIdAndAnsweredOnce() {
    String id = agents.created("Orders");
    for (String database : List.of("Orders", id, " Orders ")) {
      JsonNode result =
          agents.result(
              agents.owner,
              "execute_sql",
              """
              {"database": "%s", "sql": "SELECT ?", "parameters": [12345678901234567890.12, "a", null],
               "max_rows": 7, "timeout_seconds": 3}"""
                  .formatted(database));
      assertThat(result.path("isError").asBoolean()).isFalse();
      assertThat(result.has("structuredContent")).isFalse();
      assertThat(result.path("content")).hasSize(1);
      assertThat(result.path("content").get(0).path("text").asText())
          .isEqualTo(
              "{\"columns\":[{\"name\":\"zebra\",\"type\":\"int4\"},{\"name\":\"Ant\",\"type\":\"text\"}],"
                  + "\"rows\":[[1,null]],\"row_count\":1,\"truncated\":false}");
      QueryCall call = agents.last(id);
      assertThat(call.channel()).isEqualTo(QueryChannel.MCP);
      assertThat(call.sql()).isEqualTo("SELECT ?");
      assertThat(call.parameters().toString()).isEqualTo("[12345678901234567890.12, \"a\", null]");
      assertThat(call.limits()).isEqualTo(new QueryCall.Limits(7, 3, false));
      assertThat(call.caller().subject()).isEqualTo("olga");
      assertThat(call.alias()).isNull();
    }
  }

  @Test
  void aSearchInADatabaseIsAQueryThatOnlyReads() {
    String id = agents.created("Orders");
    JsonNode answer =
        agents.called(
            agents.owner,
            "search_objects",
            """
            {"database": "Orders", "object_type": "column", "pattern": "%id", "table": "O'Neil",
             "limit": 5}""");
    assertThat(answer.path("row_count").asInt()).isEqualTo(1);
    QueryCall call = agents.last(id);
    assertThat(call.limits()).isEqualTo(new QueryCall.Limits(5, null, true));
    assertThat(call.channel()).isEqualTo(QueryChannel.MCP);
    assertThat(call.sql()).contains("pg_attribute").doesNotContain("Neil", ":table");
    assertThat(call.parameters().toString())
        .isEqualTo("[\"%id\", \"\", \"\", \"O'Neil\", \"O'Neil\"]");
  }

  @Test
  void anErrorSaysWhatToDo() {
    agents.created("Orders");
    JsonNode wrong = agents.failed(agents.owner, "execute_sql", sql("Orders", "SELECT nmae"));
    assertThat(wrong.toString())
        .isEqualTo(
            "{\"error\":\"SqlRefused\",\"message\":\"column \\\"nmae\\\" does not exist\",\"kind\":\"syntax\","
                + "\"target_code\":\"42703\",\"statement\":0,\"line\":1,\"column\":8,"
                + "\"suggestion\":\"Did you mean \\\"name\\\"?\"}");
    JsonNode limited =
        agents.failed(agents.owner, "execute_sql", sql("Orders", "SELECT 'too many'"));
    assertThat(limited.path("error").asText()).isEqualTo("TooManyRequests");
    assertThat(limited.path("retry_after_seconds").asInt()).isEqualTo(36);
  }

  @Test
  void argumentsThatAreWrongAreNamed() {
    agents.created("Orders");
    assertThat(agents.fields("execute_sql", "{}")).containsExactlyInAnyOrder("database", "sql");
    assertThat(
            agents.fields(
                "execute_sql",
                """
                {"database": 7, "sql": "", "parameters": [[1]], "max_rows": 0, "timeout_seconds": "1",
                 "read_only": false}"""))
        .containsExactlyInAnyOrder(
            "database", "sql", "parameters", "max_rows", "timeout_seconds", "read_only");
    assertThat(agents.fields("search_objects", "{}")).containsExactly("object_type");
    assertThat(agents.fields("search_objects", "{\"object_type\": \"trigger\"}"))
        .containsExactly("object_type");
    assertThat(agents.fields("search_objects", "{\"object_type\": \"table\"}"))
        .containsExactly("database");
    assertThat(
            agents.fields(
                "search_objects",
                """
                {"object_type": "table", "database": "Orders", "table": "t", "limit": 1001,
                 "detail_level": "summary", "pattern": "%s"}"""
                    .formatted("%".repeat(256))))
        .containsExactlyInAnyOrder("table", "limit", "detail_level", "pattern");
    assertThat(
            agents.fields(
                "search_objects", "{\"object_type\": \"database\", \"database\": \"Orders\"}"))
        .containsExactly("database");
  }

  @Test
  void whatDoesNotExistForTheCallerIsAsIfItWereNot() {
    String id = agents.created("Orders");
    World.Tenant others = world.tenant();
    Set<String> answers =
        Set.copyOf(
            List.of(
                agents.failed(agents.owner, "execute_sql", sql("Nowhere", "SELECT 1")).toString(),
                agents
                    .failed(
                        agents.person(agents.ours, "eve", "editor"),
                        "execute_sql",
                        sql("Orders", "SELECT 1"))
                    .toString(),
                agents
                    .failed(
                        agents.person(agents.ours, "eve", "editor"),
                        "execute_sql",
                        sql(id, "SELECT 1"))
                    .toString(),
                agents
                    .failed(
                        agents.person(others, "olga", "operator"),
                        "execute_sql",
                        sql(id, "SELECT 1"))
                    .toString(),
                agents
                    .failed(
                        agents.person(others, "olga", "operator"),
                        "execute_sql",
                        sql("Orders", "SELECT 1"))
                    .toString(),
                agents
                    .failed(
                        agents.person(others, "olga", "operator"),
                        "search_objects",
                        "{\"object_type\":\"table\",\"database\":\"Orders\"}")
                    .toString()));
    assertThat(answers)
        .containsExactly("{\"error\":\"NotFound\",\"message\":\"There is no such database.\"}");
    assertThat(
            agents
                .called(
                    agents.person(others, "olga", "operator"),
                    "search_objects",
                    "{\"object_type\":\"database\"}")
                .toString())
        .isEqualTo("{\"databases\":[],\"truncated\":false}");
  }

  @Test
  void whoOnlySeesADatabaseIsToldWhatIsMissing() {
    String id = agents.created("Orders");
    agents.grant(id, "vic", "view");
    JsonNode refused =
        agents.failed(
            agents.person(agents.ours, "vic", "analyst"), "execute_sql", sql("Orders", "SELECT 1"));
    assertThat(refused.path("error").asText()).isEqualTo("Forbidden");
    assertThat(refused.path("message").asText()).contains("level query");
  }

  @Test
  void aRequestOfASessionCanBeCancelledByIt() {
    String id = agents.created("Orders");
    String session = agents.initialize("2025-11-25").header("Mcp-Session-Id");
    assertThat(session).isNotEmpty();
    String request =
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"execute_sql\",\"arguments\":"
            + sql("Orders", "SELECT 1")
            + "}}";
    agents.within(session, request.formatted("7"));
    String seventh = String.valueOf(agents.last(id).alias());
    agents.within(session, request.formatted("\"7; DROP\""));
    assertThat(agents.last(id).alias()).isNotEqualTo(seventh).matches("[A-Za-z0-9._-]{1,100}");
    agents.within("not one of agents.ours", request.formatted("7"));
    assertThat(agents.last(id).alias()).isNull();

    agents.within(
        session,
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
    assertThat(world.cancelled).contains(seventh);
    int before = world.cancelled.size();
    agents.post(
        agents.owner,
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
    assertThat(world.cancelled).hasSize(before);
  }
}
