package io.tas.dbhub.api;

import static io.tas.dbhub.api.Agents.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who gets in, and what is taken for a message. */
@ExtendWith(RunningApi.class)
class McpFrameTest {
  private final World world;
  private final Agents agents;

  McpFrameTest(World world) {
    this.world = world;
    this.agents = new Agents(world);
  }

  @Test
  void whoIsUnknownIsAskedForATokenBeforeAnythingIsRead() {
    Reply none = world.api.call("POST", "/mcp").json("no JSON").send();
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"dbhub\"");
    assertThat(none.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(none.code()).isEqualTo("Unauthenticated");

    Reply wrong = world.api.call("POST", "/mcp").token("dbh_x_y").json(Agents.LIST).send();
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.header("WWW-Authenticate")).contains("invalid_token");
    assertThat(world.api.call("GET", "/mcp").send().status()).isEqualTo(401);
  }

  @Test
  void aTokenIsForItsSpacesAndItsRolesOnly() {
    assertThat(
            agents
                .post(world.issuer.token(agents.ours.id, List.of("main"), "nothing"), Agents.LIST)
                .status())
        .isEqualTo(403);
    assertThat(
            world
                .api
                .call("POST", "/mcp")
                .token(agents.owner)
                .header("X-Space-ID", "other")
                .json(Agents.LIST)
                .send()
                .status())
        .isEqualTo(403);
    String both = world.issuer.token(agents.ours.id, List.of("main", "other"), "viewer");
    assertThat(agents.post(both, Agents.LIST).status()).isEqualTo(403);
    assertThat(
            world
                .api
                .call("POST", "/mcp")
                .token(both)
                .header("X-Space-ID", "other")
                .json(Agents.LIST)
                .send()
                .status())
        .isEqualTo(200);
  }

  @Test
  void pagesOfOtherSitesMayNotAsk() {
    for (String origin : List.of("https://evil.test", "null", "http://127.0.0.1:1", "::")) {
      Reply refused =
          world
              .api
              .call("POST", "/mcp")
              .token(agents.owner)
              .header("Origin", origin)
              .json(Agents.LIST)
              .send();
      assertThat(refused.status()).as(origin).isEqualTo(403);
    }
    Reply own =
        world
            .api
            .call("POST", "/mcp")
            .token(agents.owner)
            .header("Origin", "http://127.0.0.1:" + world.api.port())
            .json(Agents.LIST)
            .send();
    assertThat(own.status()).isEqualTo(200);
  }

  @Test
  void onlyMessagesAreTaken() {
    for (String method : List.of("GET", "DELETE", "PUT")) {
      Reply refused = world.api.call(method, "/mcp").token(agents.owner).send();
      assertThat(refused.status()).as(method).isEqualTo(405);
      assertThat(refused.header("Allow")).isEqualTo("POST");
      assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(refused.header("X-Request-ID")).isNotEmpty();
    }
    assertThat(
            world
                .api
                .call("POST", "/mcp")
                .token(agents.owner)
                .header("Content-Type", "text/plain")
                .body(HttpRequest.BodyPublishers.ofString(Agents.LIST))
                .send()
                .status())
        .isEqualTo(415);
    assertThat(
            world
                .api
                .call("POST", "/mcp")
                .token(agents.owner)
                .header("Accept", "text/event-stream")
                .json(Agents.LIST)
                .send()
                .status())
        .isEqualTo(406);
  }

  @Test
  void whatIsNoMessageIsRefusedInTheProtocolsWords() {
    List<String> bodies =
        List.of(
            "",
            "no JSON",
            "[" + Agents.LIST + "]",
            "{}",
            "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
            "[".repeat(5_000),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":"
                + "{\"a\":".repeat(100)
                + "1"
                + "}".repeat(101));
    for (String body : bodies) {
      Reply refused = agents.post(agents.owner, body);
      assertThat(refused.status()).as(body).isEqualTo(400);
      assertThat(refused.json().path("error").path("code").asInt()).as(body).isEqualTo(-32600);
      assertThat(refused.json().get("id").isNull()).as(body).isTrue();
    }
  }

  @Test
  void aHugeBodyIsRefused() {
    Reply large =
        agents.post(
            agents.owner,
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":\""
                + "a".repeat(1024 * 1024)
                + "\"}}");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.code()).isEqualTo("TooLarge");
  }

  @Test
  void theProtocolIsSpoken() {
    Reply initialized = agents.initialize("2025-06-18");
    JsonNode result = initialized.json().path("result");
    assertThat(result.path("protocolVersion").asText()).isEqualTo("2025-06-18");
    assertThat(result.path("serverInfo").path("name").asText()).isEqualTo("dbhub-control-plane");
    assertThat(result.path("instructions").asText()).contains("execute_sql");
    assertThat(names(result.path("capabilities"))).containsExactly("tools");
    assertThat(
            agents.initialize("2024-11-05").json().path("result").path("protocolVersion").asText())
        .isEqualTo("2025-11-25");
    assertThat(agents.initialize("1").json().path("result").path("protocolVersion").asText())
        .isEqualTo("2025-11-25");

    Reply notified =
        agents.post(agents.owner, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    assertThat(notified.status()).isEqualTo(202);
    assertThat(notified.text()).isEmpty();
    assertThat(agents.post(agents.owner, "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}").status())
        .isEqualTo(202);

    Reply ping =
        agents.post(agents.owner, "{\"jsonrpc\":\"2.0\",\"id\":\"p-1\",\"method\":\"ping\"}");
    assertThat(ping.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p-1\",\"result\":{}}");
    Reply unknown =
        agents.post(agents.owner, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"resources/list\"}");
    assertThat(unknown.json().path("error").path("code").asInt()).isEqualTo(-32601);
  }

  @Test
  void anUnknownVersionIsRefusedAndNoneIsFine() {
    for (String version : List.of("2025-03-26", "2025-06-18", "2025-11-25")) {
      assertThat(versioned(version).status()).as(version).isEqualTo(200);
    }
    assertThat(versioned("1999-01-01").status()).isEqualTo(400);
    assertThat(agents.post(agents.owner, Agents.LIST).status()).isEqualTo(200);
  }

  @Test
  void wrongParamsAreSaidToBe() {
    for (String request :
        List.of(
            "\"method\":\"initialize\",\"params\":{\"capabilities\":7}",
            "\"method\":\"tools/call\"",
            "\"method\":\"tools/call\",\"params\":{\"name\":7}",
            "\"method\":\"tools/call\",\"params\":{\"name\":\"execute_sql\",\"arguments\":[]}",
            "\"method\":\"tools/call\",\"params\":{\"name\":\"drop_everything\"}")) {
      Reply refused = agents.post(agents.owner, "{\"jsonrpc\":\"2.0\",\"id\":1," + request + "}");
      assertThat(refused.status()).as(request).isEqualTo(200);
      assertThat(refused.json().path("error").path("code").asInt()).as(request).isEqualTo(-32602);
      assertThat(refused.text()).doesNotContain("Exception", "io.modelcontextprotocol", "jackson");
    }
  }

  private Reply versioned(String version) {
    return world
        .api
        .call("POST", "/mcp")
        .token(agents.owner)
        .header("MCP-Protocol-Version", version)
        .json(Agents.LIST)
        .send();
  }
}
