package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dbhub.client.DbhubAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The manifests that teams have written for the operator before this one, unchanged: they end in
 * Connected and Running, scale, and discover what is new.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(RealSystem.class)
class OldManifestsTest {
  private static final String TOWNS = "SELECT name FROM towns ORDER BY name";

  private final TestSystem system;
  private final Tenant tenant;
  private final HandMade team;

  OldManifestsTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
    this.team = new HandMade(system, "old");
  }

  @BeforeAll
  void applyThem() {
    Map<String, Object> orders = tenant.postgres("orders");
    Map<String, Object> stock = tenant.mariadb("stock");
    team.secret("shared", credentials(orders, "db_user", "db_pass"));
    team.secret("stock", credentials(stock, "username", "password"));
    apply(
        """
        apiVersion: dbhub.tas.io/v1alpha1
        kind: Database
        metadata:
          name: old-orders
          labels: {team: old, environment: production}
        spec:
          type: postgres
          host: %s
          port: %s
          database: %s
          credentialsRef:
            name: old-shared
            userKey: db_user
            passwordKey: db_pass
          sslMode: disable
          connectionTimeout: 30
          queryTimeout: 60
          readOnly: true
          maxRows: 1000
          description: Orders of the shop
        """
            .formatted(orders.get("host"), orders.get("port"), orders.get("database")));
    apply(
        """
        apiVersion: dbhub.tas.io/v1alpha1
        kind: Database
        metadata:
          name: old-stock
          labels: {team: old}
        spec:
          type: mariadb
          host: %s
          port: %s
          database: %s
          credentialsRef: {name: old-stock}
        """
            .formatted(stock.get("host"), stock.get("port"), stock.get("database")));
    apply(
        """
        apiVersion: dbhub.tas.io/v1alpha1
        kind: DBHubInstance
        metadata:
          name: old-hub
          labels: {team: old}
        spec:
          replicas: 1
          image: bytebase/dbhub:latest
          imagePullPolicy: IfNotPresent
          transport: sse
          port: 8080
          databaseSelector:
            matchLabels: {team: old}
          defaultPolicy:
            readonly: true
            maxRows: 500
            allowedOperations: [execute_sql, search_objects]
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {cpu: 1, memory: 512Mi}
          tolerations:
            - {key: databases, operator: Exists, effect: NoSchedule}
        """);
    team.awaitServed("hub", "orders", "stock");
  }

  @AfterAll
  void takeThemAway() {
    team.close();
  }

  /** As it stands in somebody's file. */
  private void apply(String manifest) {
    system.kubectl().reading(manifest, "apply", "-f", "-");
  }

  private static Map<String, String> credentials(
      Map<String, Object> request, String userKey, String passwordKey) {
    return Map.of(
        userKey,
        request.get("username").toString(),
        passwordKey,
        request.get("password").toString());
  }

  @Test
  void theyEndInConnectedAndRunning() {
    for (String what : List.of("orders", "stock")) {
      JsonNode database = team.awaitPhase(HandMade.DATABASE, what, "Connected");
      JsonNode ready = HandMade.condition(database, "Ready").orElseThrow();
      assertThat(ready.path("status").asText()).isEqualTo("True");
      assertThat(ready.path("observedGeneration").asLong())
          .isEqualTo(database.at("/metadata/generation").asLong());
      assertThat(database.at("/status/message").asText()).isEmpty();
      assertThat(database.at("/status/dsn").asText()).doesNotContain("@").contains("127.0.0.1");
    }
    JsonNode hub = team.awaitPhase(HandMade.INSTANCE, "hub", "Running");
    assertThat(hub.at("/status/availableReplicas").asInt()).isPositive();
    assertThat(hub.at("/status/endpoint").asText()).startsWith("http://");
    assertThat(hub.at("/status/configHash").asText()).isNotEmpty();
    assertThat(team.awaitRows("hub", "orders", TOWNS).count()).isEqualTo(2);
    assertThat(team.awaitRows("hub", "stock", TOWNS).count()).isEqualTo(2);
  }

  @Test
  void whatKubectlGetPrintsIsFilledIn() {
    team.awaitPhase(HandMade.INSTANCE, "hub", "Running");
    team.awaitPhase(HandMade.DATABASE, "orders", "Connected");

    Map<String, String> database =
        Columns.of(system.kubernetes(), HandMade.DATABASE, team.name("orders"));
    Map<String, String> instance =
        Columns.of(system.kubernetes(), HandMade.INSTANCE, team.name("hub"));

    assertThat(database)
        .containsEntry("Name", "old-orders")
        .containsEntry("Type", "postgres")
        .containsEntry("Host", "127.0.0.1")
        .containsEntry("Phase", "Connected");
    assertThat(instance).containsEntry("Name", "old-hub").containsEntry("Phase", "Running");
    for (String number : List.of("Replicas", "Available", "Databases")) {
      assertThat(instance.get(number)).as(number).matches("[1-9]");
    }
    assertThat(instance.get("Endpoint")).startsWith("http://");
  }

  @Test
  void aNewDatabaseThatMatchesIsServedWithoutAnybodyTouchingAnythingElse() {
    Map<String, Object> request = tenant.postgres("more");

    team.database("more", request, Map.of());

    assertThat(team.awaitRows("hub", "more", TOWNS).count()).isEqualTo(2);
    team.awaitPhase(HandMade.DATABASE, "more", "Connected");
    team.delete(HandMade.DATABASE, "more");
    await()
        .atMost(Tenant.PATIENCE)
        .until(() -> team.ask("hub", "more", TOWNS) instanceof DbhubAnswer.NotOffered);
  }

  @Test
  void scaledToTwoItHasTwoReadyPods() {
    Resource<?> hub = team.object(HandMade.INSTANCE, "hub");
    scale(2);

    await().atMost(Tenant.PATIENCE).until(() -> team.readyPods("hub").size() == 2);
    await().atMost(Tenant.PATIENCE).until(() -> hub.scale().getStatus().getReplicas() == 2);
    // By this a HorizontalPodAutoscaler finds the pods.
    assertThat(hub.scale().getStatus().getSelector())
        .isEqualTo(Kubernetes.INSTANCE + "=" + team.name("hub") + "," + Kubernetes.SERVER + "=0");
    assertThat(team.awaitRows("hub", "orders", TOWNS).count()).isEqualTo(2);

    scale(1);
    await().atMost(Tenant.PATIENCE).until(() -> team.readyPods("hub").size() == 1);
    team.awaitPhase(HandMade.INSTANCE, "hub", "Running");
  }

  private void scale(int replicas) {
    system.kubectl().run("scale", "dbhubinstance", team.name("hub"), "--replicas=" + replicas);
  }
}
