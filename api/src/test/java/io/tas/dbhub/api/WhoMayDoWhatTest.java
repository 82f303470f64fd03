package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.api.openapi.OpenApiDocument;
import io.tas.dbhub.api.openapi.OpenApiResource;
import io.tas.dbhub.core.access.AccessLevel;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of the API, for everybody who may stand before a database: what docs/security.md
 * says. A method that is new fails here until somebody says who may use it.
 */
@ExtendWith(RunningApi.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WhoMayDoWhatTest {
  private static final List<String> ROLES = List.of("viewer", "analyst", "editor", "operator");

  /** Who asks, and how far the grants below let them go; null where the database does not exist. */
  private enum Kind {
    OWNER("olga", "editor", AccessLevel.MANAGE),
    OWNER_AS_VIEWER("olga", "viewer", AccessLevel.VIEW),
    GRANTED_VIEW("vic", "editor", AccessLevel.VIEW),
    GRANTED_QUERY("quinn", "editor", AccessLevel.QUERY),
    GRANTED_WRITE("walt", "editor", AccessLevel.WRITE),
    GRANTED_MANAGE("mary", "editor", AccessLevel.MANAGE),
    GRANTED_MANAGE_AS_ANALYST("mary", "analyst", AccessLevel.WRITE),
    GRANTED_MANAGE_AS_VIEWER("mary", "viewer", AccessLevel.VIEW),
    NOT_GRANTED_VIEWER("eve", "viewer", null),
    NOT_GRANTED_ANALYST("eve", "analyst", null),
    NOT_GRANTED_EDITOR("eve", "editor", null),
    OPERATOR("op", "operator", AccessLevel.MANAGE),
    OPERATOR_ELSEWHERE("op", "operator", null),
    OPERATOR_OF_ANOTHER_TENANT("op", "operator", null),
    AGENT_VIEW("olga", "viewer", AccessLevel.VIEW),
    AGENT_QUERY("olga", "analyst", AccessLevel.QUERY),
    AGENT_WRITE("olga", "analyst", AccessLevel.WRITE),
    AGENT_FOR_ANOTHER_DATABASE("olga", "analyst", null),
    AGENT_OF_NOT_GRANTED("eve", "analyst", null);

    private final String subject;
    private final String role;
    private final @Nullable AccessLevel level;

    Kind(String subject, String role, @Nullable AccessLevel level) {
      this.subject = subject;
      this.role = role;
      this.level = level;
    }

    boolean agent() {
      return name().startsWith("AGENT");
    }

    boolean elsewhere() {
      return this == OPERATOR_ELSEWHERE || this == OPERATOR_OF_ANOTHER_TENANT;
    }

    boolean has(String needed) {
      return ROLES.indexOf(role) >= ROLES.indexOf(needed);
    }
  }

  /** What decides, once the role is enough. */
  private enum By {
    /** Nothing else. */
    ROLE,
    /** That it is no agent who asks. */
    PERSON,
    /** The level on the database. */
    LEVEL,
    /** That it is the owner's operation, and the database exists for who asks; or an operator. */
    OWN_OPERATION,
    /** Whose it is: nobody's of these. */
    NOBODYS
  }

  /**
   * @param status what is answered to who may
   */
  private record Rule(
      String role, By by, @Nullable AccessLevel level, int status, @Nullable String body) {}

  private static final String GRANTS =
      """
      {"grants": [
        {"principal": "user:vic", "level": "view"},
        {"principal": "user:quinn", "level": "query"},
        {"principal": "user:walt", "level": "write"},
        {"principal": "user:mary", "level": "manage"}]}""";

  private static final String QUERY = "{\"query\": \"SELECT 1\", \"database_id\": \"ID\"}";

  /** Temporal's in-memory server lists nothing: whoever may list is told so. */
  private static final int NO_VISIBILITY = 503;

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          role("POST /databases", "editor", 400, "{}"),
          role("GET /databases", "viewer", 200, null),
          role("POST /databases/test", "editor", 400, "{}"),
          level("GET /databases/{id}", AccessLevel.VIEW, "viewer", 200, null),
          level("GET /databases/{id}/grants", AccessLevel.VIEW, "viewer", 200, null),
          level("GET /databases/{id}/health", AccessLevel.VIEW, "viewer", 200, null),
          level("POST /databases/query", AccessLevel.QUERY, "analyst", 200, QUERY),
          level("POST /databases/{id}/query", AccessLevel.QUERY, "analyst", 200, QUERY),
          level("POST /databases/{id}/export", AccessLevel.QUERY, "analyst", 200, QUERY),
          level("POST /databases/{id}/test", AccessLevel.QUERY, "analyst", 200, null),
          level("GET /databases/{id}/schema", AccessLevel.VIEW, "viewer", 200, null),
          level("POST /databases/{id}/schema/sync", AccessLevel.QUERY, "analyst", 200, null),
          level(
              "PUT /databases/{id}/schema/policy",
              AccessLevel.MANAGE,
              "editor",
              200,
              "{\"policy\": \"propagate\"}"),
          level("GET /databases/{id}/schema/changes", AccessLevel.VIEW, "viewer", 200, null),
          level(
              "GET /databases/{id}/schema/changes/{version}",
              AccessLevel.VIEW,
              "viewer",
              200,
              null),
          // There is no such table.
          level(
              "GET /databases/{id}/tables/{table}/sample", AccessLevel.QUERY, "analyst", 404, null),
          level(
              "GET /databases/{id}/tables/{table}/related", AccessLevel.VIEW, "viewer", 404, null),
          role("GET /search", "viewer", 400, null),
          level("PUT /databases/{id}", AccessLevel.MANAGE, "editor", 400, "{\"max_rows\": 0}"),
          level("PUT /databases/{id}/grants", AccessLevel.MANAGE, "editor", 200, GRANTS),
          level("POST /databases/{id}/credentials", AccessLevel.MANAGE, "editor", 400, "{}"),
          level(
              "POST /databases/{id}/repair",
              AccessLevel.MANAGE,
              "editor",
              400,
              "{\"username\": \"u\"}"),
          level("DELETE /databases/{id}", AccessLevel.MANAGE, "editor", 204, null),
          level(
              "GET /databases/{id}/operations", AccessLevel.MANAGE, "viewer", NO_VISIBILITY, null),
          role("GET /operations", "viewer", NO_VISIBILITY, null),
          Map.entry("GET /operations/{id}", new Rule("viewer", By.OWN_OPERATION, null, 200, null)),
          Map.entry(
              "POST /operations/{id}/cancel",
              new Rule("editor", By.OWN_OPERATION, null, 409, null)),
          Map.entry(
              "POST /operations/{id}/decision",
              new Rule("operator", By.OWN_OPERATION, null, 409, "{\"decision\": \"retry\"}")),
          role(
              "POST /operations/decisions", "operator", NO_VISIBILITY, "{\"decision\": \"retry\"}"),
          role("GET /leftovers", "operator", 200, null),
          nobodys("DELETE /leftovers/{database_id}", "operator", null),
          role("GET /audit", "operator", 200, null),
          person("POST /tokens", "viewer", 201, "{\"name\": \"n\", \"level\": \"view\"}"),
          person("GET /tokens", "viewer", 200, null),
          nobodys("DELETE /tokens/{id}", "viewer", null),
          // One's own that runs: here none does.
          role("DELETE /queries/{id}", "analyst", 404, null),
          person("GET /queries", "viewer", 200, null),
          nobodys("GET /queries/{query_id}", "viewer", null),
          nobodys("PUT /queries/{query_id}/pin", "viewer", null),
          nobodys("DELETE /queries/{query_id}/pin", "viewer", null),
          person("POST /saved-queries", "analyst", 400, "{}"),
          person("GET /saved-queries", "viewer", 200, null),
          nobodys("GET /saved-queries/{saved_query_id}", "viewer", null),
          nobodys("PUT /saved-queries/{saved_query_id}", "analyst", "{}"),
          nobodys("DELETE /saved-queries/{saved_query_id}", "analyst", null),
          // Temporal's in-memory server has no schedules: whoever may is told so.
          role("POST /schedules", "editor", 400, "{}"),
          role("GET /schedules", "viewer", NO_VISIBILITY, null),
          role("GET /schedules/{id}", "viewer", NO_VISIBILITY, null),
          role("PUT /schedules/{id}", "editor", NO_VISIBILITY, "{}"),
          role("DELETE /schedules/{id}", "editor", NO_VISIBILITY, null),
          role("GET /schedules/{id}/runs", "viewer", NO_VISIBILITY, null),
          role("GET /schedules/{id}/results", "analyst", NO_VISIBILITY, null),
          role("GET /schedules/{id}/results/{result_id}", "analyst", NO_VISIBILITY, null),
          role("POST /schedules/{id}/pause", "editor", NO_VISIBILITY, null),
          role("POST /schedules/{id}/resume", "editor", NO_VISIBILITY, null),
          role("POST /schedules/{id}/trigger", "editor", NO_VISIBILITY, null),
          role("POST /schedules/{id}/backfill", "editor", 400, "{}"),
          role("POST /batches", "operator", 400, "{}"),
          role("POST /batches/import", "operator", 400, "{}"),
          role("POST /batches/rotate", "operator", 400, "{}"),
          role("GET /batches", "operator", 200, null),
          nobodys("GET /batches/{id}", "operator", null),
          nobodys("DELETE /batches/{id}", "operator", null),
          nobodys("GET /batches/{id}/rows", "operator", null),
          nobodys("GET /batches/{id}/events", "operator", null),
          nobodys("POST /batches/{id}/run", "operator", null),
          nobodys("POST /batches/{id}/retry", "operator", null),
          nobodys("POST /batches/{id}/pause", "operator", null),
          nobodys("POST /batches/{id}/resume", "operator", null),
          nobodys("POST /batches/{id}/cancel", "operator", null),
          person("GET /settings/queries", "operator", 200, null),
          person("PUT /settings/queries", "operator", 200, "{\"store_text\": true}"));

  private final World world;
  private final World.Tenant ours;
  private final World.Tenant others;
  private final String id;
  private final String another;
  private final String operation;
  private final Map<Kind, String> tokens = new EnumMap<>(Kind.class);

  WhoMayDoWhatTest(World world) {
    this.world = world;
    this.ours = world.tenant();
    this.others = world.tenant();
    another = created("Another").json().path("id").asText();
    Reply made = created("Orders");
    id = made.json().path("id").asText();
    String location = made.header("Operation-Location");
    operation = location.substring(location.lastIndexOf('/') + 1);
    for (Kind kind : Kind.values()) {
      tokens.put(kind, token(kind));
    }
  }

  @Test
  void everyMethodHasARuleAndIsDescribed() throws JsonProcessingException {
    assertThat(methods()).containsExactlyInAnyOrderElementsOf(RULES.keySet());
    assertThat(described()).containsExactlyInAnyOrderElementsOf(RULES.keySet());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everybodyMayWhatTheRuleSaysAndNothingElse(String method) {
    Rule rule = RULES.get(method);
    assertThat(rule).as(method).isNotNull();
    for (Kind kind : Kind.values()) {
      int expected = expected(rule, kind);
      Reply reply = send(method, rule, kind, expected < 400 ? target(method) : id);

      assertThat(reply.status())
          .as(method + " as " + kind + ": " + reply.text())
          .isEqualTo(expected);
      if (expected == 403 || expected == 404) {
        assertThat(reply.text().replaceAll("\"(instance|suggestion)\":\"[^\"]*\"", ""))
            .as(method + " as " + kind)
            .doesNotContain(id, "Orders");
      }
    }
  }

  @Test
  void listsShowWhatExists() {
    for (Kind kind : Kind.values()) {
      JsonNode listed =
          world.api.call("GET", "/api/v1/databases?q=orders").token(tokens.get(kind)).send().json();

      assertThat(listed.path("total").asInt())
          .as(kind.name())
          .isEqualTo(kind.level == null ? 0 : 1);
      assertThat(listed.path("databases")).as(kind.name()).hasSize(kind.level == null ? 0 : 1);
    }
  }

  @Test
  void everybodyIsToldTheirLevel() {
    for (Kind kind : Kind.values()) {
      if (kind.level != null) {
        JsonNode grants =
            world
                .api
                .call("GET", "/api/v1/databases/" + id + "/grants")
                .token(tokens.get(kind))
                .send()
                .json();

        assertThat(grants.path("your_level").asText())
            .as(kind.name())
            .isEqualTo(kind.level.wireName());
      }
    }
  }

  @Test
  void agentsAreOfferedAndAnsweredWhatTheLevelAllows() {
    for (Kind kind : Kind.values()) {
      JsonNode offered = mcp(kind, "\"method\": \"tools/list\"").path("tools");
      boolean query = kind.level != null && kind.level.allows(AccessLevel.QUERY);
      boolean another = kind == Kind.AGENT_FOR_ANOTHER_DATABASE;
      assertThat(offered).as(kind.name()).hasSize(query || another ? 2 : 1);
      assertThat(offered.toString().contains("Orders")).as(kind.name()).isEqualTo(query);

      for (String database : List.of(id, "Orders")) {
        String answer =
            mcp(
                    kind,
                    "\"method\": \"tools/call\", \"params\": {\"name\": \"execute_sql\","
                        + " \"arguments\": {\"database\": \"%s\", \"sql\": \"SELECT 1\"}}"
                            .formatted(database))
                .path("content")
                .path(0)
                .path("text")
                .asText();
        assertThat(answer)
            .as(kind.name())
            .startsWith(
                query
                    ? "{\"columns\""
                    : kind.level == null ? "{\"error\":\"NotFound\"" : "{\"error\":\"Forbidden\"");
      }
    }
  }

  private JsonNode mcp(Kind kind, String message) {
    return world
        .api
        .call("POST", "/mcp")
        .token(tokens.get(kind))
        .json("{\"jsonrpc\": \"2.0\", \"id\": 1, " + message + "}")
        .send()
        .json()
        .path("result");
  }

  private static int expected(Rule rule, Kind kind) {
    if (!kind.has(rule.role())) {
      return 403;
    }
    return switch (rule.by()) {
      case ROLE -> rule.status();
      case PERSON -> kind.agent() ? 403 : rule.status();
      case NOBODYS -> kind.agent() ? 403 : rule.status();
      case OWN_OPERATION ->
          kind.level != null && (kind.subject.equals("olga") || kind == Kind.OPERATOR)
              ? rule.status()
              : 404;
      case LEVEL -> {
        if (kind.level == null) {
          // Of what is not in one's space operations may be left: one's own, were they listed.
          yield rule.status() == NO_VISIBILITY && kind.elsewhere() ? NO_VISIBILITY : 404;
        }
        yield kind.level.allows(rule.level()) ? rule.status() : 403;
      }
    };
  }

  /** Something of its own for what takes the database away. */
  private String target(String method) {
    return method.equals("DELETE /databases/{id}")
        ? created("Orders " + UUID.randomUUID()).json().path("id").asText()
        : id;
  }

  private Reply send(String method, Rule rule, Kind kind, String database) {
    String verb = method.substring(0, method.indexOf(' '));
    String path =
        method
            .substring(verb.length() + 1)
            .replace("/operations/{id}", "/operations/" + operation)
            .replace("/tokens/{id}", "/tokens/" + UUID.randomUUID())
            .replace("{id}", database)
            .replaceAll("\\{\\w+\\}", UUID.randomUUID().toString());
    ApiServer.Call call = world.api.call(verb, "/api/v1" + path).token(tokens.get(kind));
    String body = rule.body();
    return (body == null ? call : call.json(body.replace("ID", database))).send();
  }

  /** One of olga's, granted to those who are granted anything. */
  private Reply created(String name) {
    Reply made =
        world
            .api
            .call("POST", "/api/v1/databases")
            .token(person(ours.id, "main", "olga", "editor"))
            .json(RunningApi.body(name))
            .send();
    String database = made.json().path("id").asText();
    ours.settled(database);
    Reply granted = ours.call("PUT", "/databases/" + database + "/grants").json(GRANTS).send();
    assertThat(granted.status()).as(granted.text()).isEqualTo(200);
    return made;
  }

  private String token(Kind kind) {
    return switch (kind) {
      case OPERATOR_ELSEWHERE -> person(ours.id, "elsewhere", kind.subject, kind.role);
      case OPERATOR_OF_ANOTHER_TENANT -> person(others.id, "main", kind.subject, kind.role);
      case AGENT_VIEW -> agent(kind, "view", "");
      case AGENT_QUERY, AGENT_OF_NOT_GRANTED -> agent(kind, "query", "");
      case AGENT_WRITE -> agent(kind, "write", "");
      case AGENT_FOR_ANOTHER_DATABASE ->
          agent(kind, "query", ", \"databases\": [\"" + another + "\"]");
      default -> person(ours.id, "main", kind.subject, kind.role);
    };
  }

  private String agent(Kind kind, String level, String more) {
    Reply issued =
        world
            .api
            .call("POST", "/api/v1/tokens")
            .token(person(ours.id, "main", kind.subject, "editor"))
            .json("{\"name\": \"n\", \"level\": \"%s\"%s}".formatted(level, more))
            .send();
    assertThat(issued.status()).as(issued.text()).isEqualTo(201);
    return issued.json().path("token").asText();
  }

  private String person(String tenant, String space, String subject, String role) {
    return world.issuer.sign(
        TestIssuer.claims(tenant, List.of(space), role).subject(subject).build());
  }

  private List<String> methods() {
    return world.api.resources().stream()
        .filter(type -> type != OpenApiResource.class)
        .flatMap(type -> Stream.of(type.getMethods()))
        .filter(method -> !verb(method).isEmpty())
        .map(
            method ->
                verb(method)
                    + " "
                    + method.getDeclaringClass().getAnnotation(Path.class).value()
                    + (method.isAnnotationPresent(Path.class)
                        ? method.getAnnotation(Path.class).value()
                        : ""))
        .collect(Collectors.toList());
  }

  private static List<String> described() throws JsonProcessingException {
    List<String> described = new ArrayList<>();
    new ObjectMapper()
        .readTree(OpenApiDocument.generate())
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        verb ->
                            described.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return described;
  }

  private static String verb(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (verb != null) {
        return verb.value();
      }
    }
    return "";
  }

  private static Map.Entry<String, Rule> role(
      String method, String role, int status, @Nullable String body) {
    return Map.entry(method, new Rule(role, By.ROLE, null, status, body));
  }

  private static Map.Entry<String, Rule> person(
      String method, String role, int status, @Nullable String body) {
    return Map.entry(method, new Rule(role, By.PERSON, null, status, body));
  }

  private static Map.Entry<String, Rule> nobodys(
      String method, String role, @Nullable String body) {
    return Map.entry(method, new Rule(role, By.NOBODYS, null, 404, body));
  }

  private static Map.Entry<String, Rule> level(
      String method, AccessLevel level, String role, int status, @Nullable String body) {
    return Map.entry(method, new Rule(role, By.LEVEL, level, status, body));
  }
}
