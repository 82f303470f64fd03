package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.api.query.QueryCall;
import java.util.ArrayList;
import java.util.List;

/** Asks the MCP server, as somebody of a tenant in which olga makes databases. */
final class Agents {
  static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world;
  final World.Tenant ours;
  final String owner;

  Agents(World world) {
    this.world = world;
    this.ours = world.tenant();
    this.owner = person(ours, "olga", "editor");
  }

  String created(String name) {
    return created(name, "\"readonly\": true");
  }

  String created(String name, String more) {
    Reply made =
        world
            .api
            .call("POST", "/api/v1/databases")
            .token(owner)
            .json(RunningApi.body(name).replaceFirst("\\{", "{" + more + ", "))
            .send();
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String id = made.json().path("id").asText();
    ours.settled(id);
    ours.call("PUT", "/databases/" + id + "/grants").json("{\"grants\": []}").send();
    return id;
  }

  void grant(String id, String subject, String level) {
    Reply granted =
        ours.call("PUT", "/databases/" + id + "/grants")
            .json(
                "{\"grants\": [{\"principal\": \"user:%s\", \"level\": \"%s\"}]}"
                    .formatted(subject, level))
            .send();
    assertThat(granted.status()).as(granted.text()).isEqualTo(200);
  }

  String person(World.Tenant tenant, String subject, String role) {
    return world.issuer.sign(
        TestIssuer.claims(tenant.id, List.of("main"), role).subject(subject).build());
  }

  String agent(String subject, String level, String more) {
    Reply issued =
        world
            .api
            .call("POST", "/api/v1/tokens")
            .token(person(ours, subject, "editor"))
            .json("{\"name\": \"n\", \"level\": \"%s\"%s}".formatted(level, more))
            .send();
    assertThat(issued.status()).as(issued.text()).isEqualTo(201);
    return issued.json().path("token").asText();
  }

  Reply post(String token, String body) {
    return world.api.call("POST", "/mcp").token(token).json(body).send();
  }

  void within(String session, String body) {
    Reply reply =
        world
            .api
            .call("POST", "/mcp")
            .token(owner)
            .header("Mcp-Session-Id", session)
            .json(body)
            .send();
    assertThat(reply.status()).as(reply.text()).isIn(200, 202);
  }

  Reply initialize(String version) {
    return post(
        owner,
        """
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params":
          {"protocolVersion": "%s", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}"""
            .formatted(version));
  }

  List<JsonNode> tools(String token) {
    Reply reply = post(token, LIST);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    List<JsonNode> tools = new ArrayList<>();
    reply.json().path("result").path("tools").forEach(tools::add);
    return tools;
  }

  JsonNode result(String token, String tool, String arguments) {
    Reply reply =
        post(
            token,
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
                .formatted(tool, arguments));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("id").asInt()).isEqualTo(5);
    return reply.json().path("result");
  }

  JsonNode called(String token, String tool, String arguments) {
    JsonNode result = result(token, tool, arguments);
    assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
    return text(result);
  }

  JsonNode failed(String token, String tool, String arguments) {
    JsonNode result = result(token, tool, arguments);
    assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
    return text(result);
  }

  List<String> fields(String tool, String arguments) {
    JsonNode failure = failed(owner, tool, arguments);
    assertThat(failure.path("error").asText()).isEqualTo("Invalid");
    return failure.path("errors").findValuesAsText("field");
  }

  private static JsonNode text(JsonNode result) {
    try {
      return JSON.readTree(result.path("content").path(0).path("text").asText());
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + result, e);
    }
  }

  static String sql(String database, String sql) {
    return JSON.createObjectNode().put("database", database).put("sql", sql).toString();
  }

  static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  QueryCall last(String databaseId) {
    List<QueryCall> calls =
        world.queries.stream().filter(call -> call.databaseId().equals(databaseId)).toList();
    return calls.get(calls.size() - 1);
  }
}
