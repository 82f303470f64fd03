package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.system.ApiClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue follows what the databases have, on all three engines. */
@ExtendWith(RealSystem.class)
class SchemaTest {
  private static final String MORE = "CREATE TABLE rivers (id INTEGER PRIMARY KEY, name CHAR(9))";
  private static final String WIDER = "ALTER TABLE towns ADD COLUMN canton VARCHAR(2)";

  private final TestSystem system;
  private final Tenant tenant;

  SchemaTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
  void aNewDatabaseIsReadByItselfAndItsChangesMakeVersions(String type) throws SQLException {
    Map<String, Object> request = request(type);
    String id = tenant.create(request);

    JsonNode first =
        await("the first sync")
            .atMost(Tenant.PATIENCE)
            .until(
                () -> schema(id, ""), now -> now.path("catalogue").path("version").asLong() == 1);
    assertThat(names(first)).contains("towns");
    JsonNode towns = first.path("tables").get(0);
    assertThat(towns.path("columns").findValuesAsText("normalized_type"))
        .containsExactly("text", "integer");
    String before = first.path("catalogue").path("synced_at").asText();

    assertThat(sync(id).path("outcome").asText()).isEqualTo("unchanged");

    run(type, request, List.of(MORE, WIDER));
    JsonNode changed = sync(id);
    assertThat(changed.path("outcome").asText()).as(changed.toString()).isEqualTo("changed");
    assertThat(changed.path("added").asLong()).isEqualTo(1);
    assertThat(changed.path("altered").asLong()).isEqualTo(1);

    JsonNode versions = ok("databases/" + id + "/schema/changes").path("versions");
    assertThat(versions.findValuesAsText("version")).containsExactly("2", "1");
    JsonNode changes = ok("databases/" + id + "/schema/changes/2").path("changes");
    assertThat(changes.findValuesAsText("table")).containsExactly("rivers", "towns");
    assertThat(changes.get(1).path("details").get(0).path("name").asText()).isEqualTo("canton");

    JsonNode past = schema(id, "&as_of=" + before);
    assertThat(names(past)).containsExactly("towns");
    assertThat(past.path("tables").get(0).path("columns")).hasSize(2);
    assertThat(schema(id, "&table=towns").path("tables").get(0).path("columns")).hasSize(3);
  }

  @Test
  void aChangeThatIsIgnoredLeavesTheCatalogueAndIsTold() throws SQLException {
    Map<String, Object> request = request("postgres");
    String id = tenant.create(request);
    policy(id, "ignore");
    assertThat(sync(id).path("version").asLong()).isEqualTo(1);

    run("postgres", request, List.of(MORE));

    assertThat(sync(id).path("outcome").asText()).isEqualTo("ignored");
    JsonNode now = schema(id, "");
    assertThat(names(now)).containsExactly("towns");
    assertThat(now.path("catalogue").path("drift").path("added").asLong()).isEqualTo(1);
  }

  @Test
  void aChangeThatNeedsApprovalWaitsAsAnOperationForADecision() throws SQLException {
    Map<String, Object> request = request("sqlite");
    String id = tenant.create(request);
    policy(id, "approve");
    assertThat(sync(id).path("version").asLong()).isEqualTo(1);
    run("sqlite", request, List.of(MORE));

    assertThat(sync(id).path("outcome").asText()).isEqualTo("awaiting");
    assertThat(schema(id, "").path("tables")).hasSize(1);
    decide(id, Map.of("decision", "reject", "reason", "not yet"));
    await("the end of the rejected sync")
        .atMost(Tenant.PATIENCE)
        .until(() -> sync(id).path("outcome").asText().equals("rejected"));

    run("sqlite", request, List.of(WIDER));
    assertThat(sync(id).path("outcome").asText()).isEqualTo("awaiting");
    decide(id, Map.of("decision", "approve"));

    await("the approved change")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(() -> assertThat(schema(id, "").path("tables")).hasSize(2));
    assertThat(ok("databases/" + id + "/schema/changes").path("versions").findValuesAsText("state"))
        .contains("rejected", "applied");
  }

  @Test
  void aTargetThatIsGoneLeavesTheLastGoodState() throws Exception {
    Map<String, Object> request = request("sqlite");
    String id = tenant.create(request);
    assertThat(sync(id).path("version").asLong()).isEqualTo(1);
    Files.delete(file(request));

    assertThat(tenant.api().post("databases/" + id + "/schema/sync", Map.of()).status())
        .isEqualTo(422);

    JsonNode now = schema(id, "");
    assertThat(names(now)).containsExactly("towns");
    assertThat(now.path("catalogue").path("failure").path("code").asText())
        .isEqualTo("configuration");
    assertThat(now.path("catalogue").path("age_seconds").isNumber()).isTrue();
  }

  @Test
  void aServerThatGoesAwayInTheMiddleOfASyncLeavesTheLastGoodStateUntilItIsBack() throws Exception {
    Map<String, Object> request = tenant.postgres("atlas");
    try (FragileWay way = new FragileWay(system.postgres().port())) {
      Map<String, Object> through = new HashMap<>(request);
      through.put("port", way.port());
      String id = tenant.create(through);
      assertThat(sync(id).path("version").asLong()).isEqualTo(1);
      String before = schema(id, "").path("catalogue").path("synced_at").asText();
      run("postgres", request, List.of(MORE));

      way.breakAt("pg_constraint");
      tenant.api().post("databases/" + id + "/schema/sync", Map.of());
      JsonNode now =
          await("a sync that broke off")
              .atMost(Tenant.PATIENCE)
              .until(() -> schema(id, ""), shown -> shown.path("catalogue").has("failure"));

      assertThat(way.broken()).isTrue();
      assertThat(names(now)).containsExactly("towns");
      JsonNode catalogue = now.path("catalogue");
      assertThat(catalogue.path("version").asLong()).isEqualTo(1);
      assertThat(catalogue.path("synced_at").asText()).isEqualTo(before);
      assertThat(catalogue.path("age_seconds").asLong()).isNotNegative();
      assertThat(catalogue.path("failure").path("code").asText()).isEqualTo("connection");

      way.mend();
      assertThat(sync(id).path("outcome").asText()).isEqualTo("changed");
      JsonNode healed = schema(id, "");
      assertThat(names(healed)).containsExactlyInAnyOrder("rivers", "towns");
      assertThat(healed.path("catalogue").path("version").asLong()).isEqualTo(2);
      assertThat(healed.path("catalogue").has("failure")).isFalse();
      tenant.delete(id);
    }
  }

  @Test
  void aDeletedDatabaseTakesItsCatalogueAndItsWaitingChangeWithIt() throws SQLException {
    Map<String, Object> request = request("sqlite");
    String id = tenant.create(request);
    policy(id, "approve");
    sync(id);
    run("sqlite", request, List.of(MORE));
    assertThat(sync(id).path("outcome").asText()).isEqualTo("awaiting");

    tenant.delete(id);

    assertThat(tenant.api().get("databases/" + id + "/schema").status()).isEqualTo(404);
    await("nothing that waits")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () -> assertThat(ok("operations?attention=true").path("operations")).isEmpty());
  }

  private void decide(String id, Map<String, Object> decision) {
    JsonNode parked =
        await("a change that waits")
            .atMost(Tenant.PATIENCE)
            .until(
                () -> ok("operations?attention=true&type=SyncSchema").path("operations"),
                operations -> operations.size() == 1)
            .get(0);
    assertThat(parked.path("database_id").asText()).isEqualTo(id);
    ApiClient.Answer answer =
        tenant.api().post("operations/" + parked.path("id").asText() + "/decision", decision);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private void policy(String id, String policy) {
    ApiClient.Answer answer =
        tenant.api().put("databases/" + id + "/schema/policy", Map.of("policy", policy), Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  /** What a sync found, once there is an answer in time. */
  private JsonNode sync(String id) {
    return await("a sync")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> tenant.api().post("databases/" + id + "/schema/sync", Map.of()),
            answer -> answer.status() == 200)
        .body();
  }

  private static List<String> names(JsonNode schema) {
    return StreamSupport.stream(schema.path("tables").spliterator(), false)
        .map(table -> table.path("name").asText())
        .toList();
  }

  private JsonNode schema(String id, String more) {
    return ok("databases/" + id + "/schema?type=table" + more);
  }

  private JsonNode ok(String path) {
    ApiClient.Answer answer = tenant.api().get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private Map<String, Object> request(String type) {
    return switch (type) {
      case "postgres" -> tenant.postgres("atlas");
      case "mariadb" -> tenant.mariadb("atlas");
      default -> tenant.sqlite("atlas");
    };
  }

  private void run(String type, Map<String, Object> request, List<String> script)
      throws SQLException {
    try (Connection connection = connect(type, request);
        Statement statement = connection.createStatement()) {
      for (String sql : script) {
        statement.execute(sql);
      }
    }
  }

  private Connection connect(String type, Map<String, Object> request) throws SQLException {
    if (type.equals("sqlite")) {
      return DriverManager.getConnection("jdbc:sqlite:" + file(request));
    }
    Login login = new Login(request.get("username").toString(), request.get("password").toString());
    String database = request.get("database").toString();
    return type.equals("postgres")
        ? system.postgres().connect(database, login)
        : system.mariadb().connect(database, login);
  }

  private Path file(Map<String, Object> request) {
    return system
        .local()
        .sqliteDirectory()
        .resolve(tenant.id())
        .resolve(request.get("database").toString());
  }
}
