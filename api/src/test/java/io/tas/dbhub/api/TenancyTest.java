package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.api.openapi.OpenApiResource;
import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method that is reachable has a role and stays in its tenant and space. The methods are read
 * from the running application: one that is new fails here until somebody says what it may show.
 */
@ExtendWith(RunningApi.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TenancyTest {
  private static final List<String> ROLES =
      List.of("stranger", "viewer", "analyst", "editor", "operator");

  /** What a method shows to somebody of elsewhere. */
  private enum Shows {
    /** 404 for the id in its path. */
    NOT_FOUND,
    /** An answer in which nothing of ours is. */
    NOTHING,
    /** As above, but to another space of the tenant it may show. */
    NOTHING_TO_OTHER_TENANTS
  }

  private record Case(Shows shows, @Nullable String body) {}

  private static final String SAVED = "{\"name\": \"Private\", \"query\": \"SELECT 1\"}";

  private static final Map<String, Case> CASES =
      Map.ofEntries(
          Map.entry("DatabasesResource.create", new Case(Shows.NOTHING, "{}")),
          Map.entry("DatabasesResource.list", new Case(Shows.NOTHING, null)),
          Map.entry("DatabasesResource.show", new Case(Shows.NOT_FOUND, null)),
          Map.entry("DatabasesResource.remove", new Case(Shows.NOT_FOUND, null)),
          Map.entry("DatabasesResource.checkNow", new Case(Shows.NOT_FOUND, null)),
          Map.entry("DatabasesResource.test", new Case(Shows.NOTHING, "{}")),
          Map.entry(
              "DatabaseChangesResource.update", new Case(Shows.NOT_FOUND, "{\"max_rows\": 7}")),
          Map.entry(
              "DatabaseChangesResource.rotate", new Case(Shows.NOT_FOUND, "{\"password\": \"p\"}")),
          Map.entry(
              "DatabaseChangesResource.repair", new Case(Shows.NOT_FOUND, "{\"password\": \"p\"}")),
          Map.entry("HealthHistoryResource.show", new Case(Shows.NOT_FOUND, null)),
          Map.entry("GrantsResource.show", new Case(Shows.NOT_FOUND, null)),
          Map.entry("GrantsResource.replace", new Case(Shows.NOT_FOUND, "{\"grants\": []}")),
          Map.entry("SchemaResource.show", new Case(Shows.NOT_FOUND, null)),
          Map.entry("SchemaResource.sync", new Case(Shows.NOT_FOUND, null)),
          Map.entry(
              "SchemaResource.setPolicy", new Case(Shows.NOT_FOUND, "{\"policy\": \"ignore\"}")),
          Map.entry("SchemaChangesResource.versions", new Case(Shows.NOT_FOUND, null)),
          Map.entry("SchemaChangesResource.changes", new Case(Shows.NOT_FOUND, null)),
          Map.entry("TablesResource.sample", new Case(Shows.NOT_FOUND, null)),
          Map.entry("TablesResource.related", new Case(Shows.NOT_FOUND, null)),
          // That a search is narrowed shows SchemaTest.
          Map.entry("SearchResource.search", new Case(Shows.NOTHING, null)),
          Map.entry("TokensResource.issue", new Case(Shows.NOTHING, "{}")),
          Map.entry("TokensResource.list", new Case(Shows.NOTHING, null)),
          Map.entry("TokensResource.revoke", new Case(Shows.NOT_FOUND, null)),
          Map.entry("LeftoversResource.list", new Case(Shows.NOTHING, null)),
          Map.entry("LeftoversResource.remove", new Case(Shows.NOT_FOUND, null)),
          // Temporal's in-memory server lists nothing: that lists are narrowed shows
          // OperationQueryTest.
          Map.entry("OperationsResource.list", new Case(Shows.NOTHING, null)),
          Map.entry("DatabaseOperationsResource.ofDatabase", new Case(Shows.NOTHING, null)),
          Map.entry("OperationsResource.show", new Case(Shows.NOT_FOUND, null)),
          Map.entry(
              "OperationsResource.decide", new Case(Shows.NOT_FOUND, "{\"decision\": \"retry\"}")),
          Map.entry(
              "OperationsResource.decideMany",
              new Case(Shows.NOTHING, "{\"decision\": \"retry\", \"filter\": {}}")),
          Map.entry("OperationsResource.cancel", new Case(Shows.NOT_FOUND, null)),
          Map.entry("AuditResource.list", new Case(Shows.NOTHING_TO_OTHER_TENANTS, null)),
          Map.entry("HistoryResource.list", new Case(Shows.NOTHING, null)),
          Map.entry("HistoryResource.show", new Case(Shows.NOT_FOUND, null)),
          Map.entry("HistoryResource.pin", new Case(Shows.NOT_FOUND, null)),
          Map.entry("HistoryResource.unpin", new Case(Shows.NOT_FOUND, null)),
          Map.entry("SavedQueriesResource.create", new Case(Shows.NOTHING, "{}")),
          Map.entry("SavedQueriesResource.list", new Case(Shows.NOTHING, null)),
          Map.entry("SavedQueriesResource.show", new Case(Shows.NOT_FOUND, null)),
          Map.entry("SavedQueriesResource.replace", new Case(Shows.NOT_FOUND, SAVED)),
          Map.entry("SavedQueriesResource.delete", new Case(Shows.NOT_FOUND, null)),
          // Temporal's in-memory server has no schedules: that they stay where they are made shows
          // the system test of schedules.
          Map.entry("SchedulesResource.create", new Case(Shows.NOTHING, "{}")),
          Map.entry("SchedulesResource.list", new Case(Shows.NOTHING, null)),
          Map.entry("SchedulesResource.show", new Case(Shows.NOTHING, null)),
          Map.entry("SchedulesResource.replace", new Case(Shows.NOTHING, "{}")),
          Map.entry("SchedulesResource.delete", new Case(Shows.NOTHING, null)),
          Map.entry("ScheduleActionsResource.runs", new Case(Shows.NOTHING, null)),
          Map.entry("ScheduleResultsResource.list", new Case(Shows.NOTHING, null)),
          Map.entry("ScheduleResultsResource.show", new Case(Shows.NOTHING, null)),
          Map.entry("ScheduleActionsResource.pause", new Case(Shows.NOTHING, null)),
          Map.entry("ScheduleActionsResource.resume", new Case(Shows.NOTHING, null)),
          Map.entry("ScheduleActionsResource.trigger", new Case(Shows.NOTHING, null)),
          Map.entry("ScheduleActionsResource.backfill", new Case(Shows.NOTHING, "{}")),
          Map.entry("BatchesResource.create", new Case(Shows.NOTHING, "{}")),
          Map.entry("BatchesResource.list", new Case(Shows.NOTHING, null)),
          Map.entry("BatchesResource.show", new Case(Shows.NOT_FOUND, null)),
          Map.entry("BatchesResource.delete", new Case(Shows.NOT_FOUND, null)),
          Map.entry("BatchFilesResource.importDatabases", new Case(Shows.NOTHING, "{}")),
          Map.entry("BatchFilesResource.rotate", new Case(Shows.NOTHING, "{}")),
          Map.entry("BatchRowsResource.rows", new Case(Shows.NOT_FOUND, null)),
          Map.entry("BatchEventsResource.events", new Case(Shows.NOT_FOUND, null)),
          Map.entry("BatchActionsResource.run", new Case(Shows.NOT_FOUND, null)),
          Map.entry("BatchActionsResource.retry", new Case(Shows.NOT_FOUND, null)),
          Map.entry("BatchActionsResource.pause", new Case(Shows.NOT_FOUND, null)),
          Map.entry("BatchActionsResource.resume", new Case(Shows.NOT_FOUND, null)),
          Map.entry("BatchActionsResource.cancel", new Case(Shows.NOT_FOUND, null)),
          // These are the tenant's, in whichever of its spaces.
          Map.entry("QuerySettingsResource.show", new Case(Shows.NOTHING, null)),
          Map.entry(
              "QuerySettingsResource.change", new Case(Shows.NOTHING, "{\"store_text\": true}")),
          Map.entry("QueryCancellationResource.cancel", new Case(Shows.NOT_FOUND, null)),
          // In whose scope a query looks for its database shows QueryServiceTest.
          Map.entry("QueryResource.query", new Case(Shows.NOTHING, "{\"query\": \"SELECT 1\"}")),
          Map.entry(
              "ExportResource.export", new Case(Shows.NOT_FOUND, "{\"query\": \"SELECT 1\"}")),
          Map.entry(
              "QueryResource.queryOne", new Case(Shows.NOTHING, "{\"query\": \"SELECT 1\"}")));

  private final World world;
  private final World.Tenant ours;
  private final String id;
  private final String operation;
  private final String token;
  private final String leftover = UUID.randomUUID().toString();
  private final String query = UUID.randomUUID().toString();
  private final String savedQuery;
  private final String batch;

  TenancyTest(World world) {
    this.world = world;
    this.ours = world.tenant();
    Reply made = ours.create("Private");
    id = made.json().path("id").asText();
    String location = made.header("Operation-Location");
    operation = location.substring(location.lastIndexOf('/') + 1);
    ours.settled(id);
    token =
        ours.call("POST", "/tokens")
            .json("{\"name\": \"Private\", \"level\": \"query\"}")
            .send()
            .json()
            .path("id")
            .asText();
    world.inventory.databases.recordLeftovers(
        List.of(
            new Leftover(
                new DatabaseRef(leftover, new Scope(ours.id, "main")),
                "a Secret",
                "abandoned",
                Instant.now())));
    world.journal.queries().append(List.of(HistoryTest.query(query, ours.id, "Private")));
    Reply saved =
        ours.call("POST", "/saved-queries").json(SAVED.replace("}", ", \"shared\": true}")).send();
    savedQuery = saved.json().path("id").asText();
    batch =
        ours.call("POST", "/batches/import")
            .json("[" + RunningApi.body("Private too") + "]")
            .send()
            .json()
            .path("id")
            .asText();
  }

  @Test
  void everyMethodIsKnownHere() {
    assertThat(methods().map(TenancyTest::name))
        .containsExactlyInAnyOrderElementsOf(CASES.keySet());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodHasARoleAndRefusesTheLowerOnes(Method method) {
    RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
    assertThat(roles).as(name(method)).isNotNull();
    assertThat(roles.value()).hasSize(1);
    for (String lower : ROLES.subList(0, ROLES.indexOf(roles.value()[0]))) {
      Reply reply = send(method, ours.id, "main", lower);
      assertThat(reply.status()).as(name(method) + " as " + lower).isEqualTo(403);
    }
    Reply anonymous = call(method).send();
    assertThat(anonymous.status()).as(name(method)).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void noMethodShowsAnythingToAnotherTenantOrSpace(Method method) {
    Case known = CASES.get(name(method));
    assertThat(known).as(name(method)).isNotNull();
    nothing(method, known.shows(), send(method, world.tenant().id, "main", "operator"));
    if (known.shows() != Shows.NOTHING_TO_OTHER_TENANTS) {
      nothing(method, known.shows(), send(method, ours.id, "other", "operator"));
    }
    for (String path :
        List.of(
            "/databases/" + id,
            "/queries/" + query,
            "/saved-queries/" + savedQuery,
            "/batches/" + batch)) {
      assertThat(ours.get(path).status()).as(path).isEqualTo(200);
    }
  }

  private void nothing(Method method, Shows shows, Reply reply) {
    if (shows == Shows.NOT_FOUND) {
      assertThat(reply.status()).as(name(method) + reply.text()).isEqualTo(404);
    }
    assertThat(reply.text().replaceAll("\"instance\":\"[^\"]*\"", ""))
        .as(name(method))
        .doesNotContain(
            id, operation, leftover, query, savedQuery, token, batch, ours.id, "Private");
  }

  private Reply send(Method method, String tenant, String space, String role) {
    return call(method).token(world.issuer.token(tenant, List.of(space), role)).send();
  }

  private ApiServer.Call call(Method method) {
    String root = method.getDeclaringClass().getAnnotation(Path.class).value();
    String below =
        method.isAnnotationPresent(Path.class) ? method.getAnnotation(Path.class).value() : "";
    String path =
        (root + below)
            .replace("{id}", idBelow(root))
            .replace("{database_id}", leftover)
            .replace("{query_id}", query)
            .replace("{result_id}", query)
            .replace("{saved_query_id}", savedQuery)
            .replace("{version}", "1")
            .replace("{table}", "t");
    ApiServer.Call call = world.api.call(verb(method), "/api/v1" + path);
    Case known = CASES.get(name(method));
    return known == null || known.body() == null ? call : call.json(known.body());
  }

  private String idBelow(String root) {
    return switch (root) {
      case "/operations" -> operation;
      case "/tokens" -> token;
      case "/batches" -> batch;
      default -> id;
    };
  }

  private Stream<Method> methods() {
    return world.api.resources().stream()
        .filter(type -> type != OpenApiResource.class)
        .flatMap(type -> Stream.of(type.getMethods()))
        .filter(method -> !verb(method).isEmpty());
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

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }
}
