package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningApi.class)
final class ErrorsTest {
  private static final String PASSWORD = "s3cret-Pa55";

  private final World world;
  private final World.Tenant ours;

  ErrorsTest(World world) {
    this.world = world;
    this.ours = world.tenant();
  }

  @Test
  void everyViolationIsNamedAtOnceWithUnknownFieldsAndWrongTypes() {
    Reply reply =
        post(
            """
            {"name": "", "type": "postgres", "host": "not a host", "port": "5432",
             "database": "x\\u0000y", "username": "u", "password": "%s", "max_rows": 0,
             "query_timeout": 1.5, "labels": {"tas.io/tenant": "x"}, "frobnicate": 1,
             "passwort": "%s"}"""
                .formatted(PASSWORD, PASSWORD));

    problem(reply, 400, "Invalid");
    assertThat(reply.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "name",
            "host",
            "port",
            "database",
            "max_rows",
            "query_timeout",
            "labels.tas.io/tenant",
            "frobnicate",
            "passwort");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"s3cret-Pa55\"",
        "{\"password\": \"s3cret-Pa55\"",
        "{\"password\": s3cret-Pa55}",
        "{\"password\": \"s3cret-Pa55\", \"password\": \"s3cret-Pa55\"}",
        "{\"password\": \"s3cret-Pa55\"} {}",
        "{\"password\": [\"s3cret-Pa55\"]}",
        "{\"connection_string\": \"postgres://u:s3cret-Pa55@h:x/d\"}",
        "{\"port\": \"s3cret-Pa55\"}"
      })
  void aBodyThatIsWrongIsRefusedWithoutQuotingIt(String body) {
    problem(post(body), 400, "Invalid");
  }

  @Test
  void deepNestingIsRefused() {
    problem(post("{\"name\":" + "[".repeat(100_000)), 400, "Invalid");
  }

  @Test
  void aBodyOverTheLimitIsTooLargeWhetherItSaysSoOrNot() {
    String large = "{\"description\": \"" + "x".repeat(1 << 20) + "\"}";

    problem(post(large), 413, "TooLarge");
    problem(
        ours.call("POST", "/databases")
            .header("Content-Type", "application/json")
            .body(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
            .send(),
        413,
        "TooLarge");
  }

  @Test
  void whatTheFrameRefusesIsAProblemToo() {
    problem(ours.get("/nothing/here"), 404, "NotFound");
    Reply notAllowed = ours.call("PATCH", "/databases").send();
    problem(notAllowed, 405, "MethodNotAllowed");
    assertThat(notAllowed.header("Allow")).contains("POST");
    problem(
        ours.call("POST", "/databases")
            .header("Content-Type", "text/plain")
            .body(BodyPublishers.ofString("x"))
            .send(),
        415,
        "UnsupportedMediaType");
    problem(
        ours.call("GET", "/databases").header("Accept", "application/xml").send(),
        406,
        "NotAcceptable");
  }

  @Test
  void whatNeverReachesTheApiIsAProblemToo() {
    problem(world.api.call("GET", "/").send(), 404, "NotFound");
    problem(world.api.call("GET", "/favicon.ico").send(), 404, "NotFound");
  }

  @Test
  void aRequestThatIsNoHttpGetsAnAnswerThatSaysNothing() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), world.api.port())) {
      socket
          .getOutputStream()
          .write("GE\u0001T / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("jetty");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"not-an-id", "..%2f..%2fetc", "%00", "00000000-0000-0000-0000-000000000000"})
  void anIdThatIsNoneIsNotFound(String id) {
    assertThat(ours.get("/databases/" + id).status()).isIn(400, 404);
    assertThat(ours.get("/databases/" + id + "/operations").status()).isIn(400, 404, 503);
    assertThat(ours.get("/operations/" + id).status()).isIn(400, 404);
  }

  @Test
  void everyAnswerCarriesTheRequestsId() {
    assertThat(
            ours.call("GET", "/databases")
                .header("X-Request-ID", "abc-1")
                .send()
                .header("X-Request-ID"))
        .isEqualTo("abc-1");
    Reply odd = ours.call("GET", "/nothing").header("X-Request-ID", "<script>").send();
    assertThat(odd.header("X-Request-ID")).isNotEmpty().doesNotContain("<");
    assertThat(odd.json().path("request_id").asText()).isEqualTo(odd.header("X-Request-ID"));
  }

  @Test
  void aQueryIsHandedOnAndItsColumnsKeepTheirNamesAndOrder() {
    String id = ours.create("Asked").json().path("id").asText();
    Reply reply =
        ours.call("POST", "/databases/query")
            .json(
                "{\"database_id\": \"%s\", \"query\": \"SELECT 1\", \"parameters\": [1, \"a\", null]}"
                    .formatted(id))
            .send();

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).contains("{\"zebra\":1,\"Ant\":null}").contains("\"row_count\":1");
    assertThat(world.queries)
        .last()
        .satisfies(
            query -> {
              assertThat(query.databaseId()).isEqualTo(id);
              assertThat(query.parameters()).hasSize(3);
            });
    assertThat(
            ours.call("POST", "/databases/" + id + "/query")
                .json("{\"query\": \"SELECT 1\"}")
                .send()
                .status())
        .isEqualTo(200);
    problem(ours.call("POST", "/databases/query").json("{\"sql\": 1}").send(), 400, "Invalid");
    problem(
        ours.call("POST", "/databases/nope/query").json("{\"query\": \"SELECT 1\"}").send(),
        404,
        "NotFound");
  }

  private Reply post(String body) {
    return ours.call("POST", "/databases").json(body).send();
  }

  private static void problem(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.json().path("status").asInt()).isEqualTo(status);
    for (String field : List.of("type", "title", "detail", "instance", "request_id")) {
      assertThat(reply.json().path(field).asText()).as(field).isNotEmpty();
    }
    assertThat(reply.text()).doesNotContain(PASSWORD).doesNotContain("Exception");
  }
}
