package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The control plane came up on a cluster in which the operator before it had run. First, so that
 * the other tests do not carry on what is left of it.
 */
@Order(1)
@ExtendWith(RealSystem.class)
class UpgradeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestSystem system;

  UpgradeTest(TestSystem system) {
    this.system = system;
  }

  @Test
  void whatTheOperatorBeforeLeftIsTakenOverAndItsStatusIsUnderstood() throws Exception {
    assertThat(read(HandMade.DATABASE, ClusterBefore.ORDERS).at("/spec/active").asBoolean())
        .as("our CRD is in force")
        .isTrue();
    file();
    login();

    JsonNode orders = awaitPhase(HandMade.DATABASE, ClusterBefore.ORDERS, "Connected");
    JsonNode file = awaitPhase(HandMade.DATABASE, ClusterBefore.FILE, "Connected");
    JsonNode instance = awaitPhase(HandMade.INSTANCE, ClusterBefore.INSTANCE, "Running");

    for (JsonNode object : List.of(orders, file, instance)) {
      assertThat(object.at("/metadata/uid").asText())
          .as("the object of before")
          .isEqualTo(system.before().uids().get(object.at("/metadata/name").asText()));
      assertThat(object.path("status").toString())
          .doesNotContain(ClusterBefore.LEAKED)
          .doesNotContain("2025-01-02", "DatabaseReady", "Available\"");
      assertThat(HandMade.condition(object, "Ready").orElseThrow().path("status").asText())
          .isEqualTo("True");
    }
    assertThat(instance.at("/status/connectedDatabases").toString())
        .isEqualTo("[\"legacy-file\",\"legacy-orders\"]");
    assertThat(instance.at("/spec/image").asText())
        .as("a default of before that was stored stays what it is")
        .isEqualTo("bytebase/dbhub:latest");
    theOldDeploymentIsReplaced();
    assertThat(
            Columns.of(system.kubernetes(), HandMade.INSTANCE, ClusterBefore.INSTANCE)
                .get("Databases"))
        .isEqualTo("2");
    takeAway();
  }

  private void theOldDeploymentIsReplaced() {
    assertThat(
            system
                .kubernetes()
                .apps()
                .deployments()
                .inNamespace(ClusterEngine.NAMESPACE)
                .withName(ClusterBefore.INSTANCE)
                .require()
                .getSpec()
                .getSelector()
                .getMatchLabels())
        .containsEntry(Kubernetes.INSTANCE, ClusterBefore.INSTANCE);
    assertThat(
            system
                .kubernetes()
                .secrets()
                .inNamespace(ClusterEngine.NAMESPACE)
                .withName("legacy-creds")
                .get())
        .as("logins in URLs, which nobody reads any more")
        .isNull();
  }

  /** The Secret and the target come late: until then both were told as failures. */
  private void login() throws SQLException {
    Login login = new Login("legacy_orders", Canaries.password());
    system.postgres().createDatabase("legacy_orders", login, "");
    system
        .kubernetes()
        .secrets()
        .inNamespace(ClusterEngine.NAMESPACE)
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("legacy-orders-login")
                .endMetadata()
                .withStringData(Map.of("username", login.user(), "password", login.password()))
                .build())
        .serverSideApply();
  }

  private void file() throws IOException, SQLException {
    Path file = Files.createDirectories(system.local().sqliteDirectory()).resolve("legacy.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS t (a INTEGER)");
    }
  }

  private void takeAway() {
    object(HandMade.INSTANCE, ClusterBefore.INSTANCE).delete();
    object(HandMade.DATABASE, ClusterBefore.ORDERS).delete();
    object(HandMade.DATABASE, ClusterBefore.FILE).delete();
    system
        .kubernetes()
        .secrets()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName("legacy-orders-login")
        .delete();
    await("everything that the instance owned to go")
        .atMost(Tenant.PATIENCE)
        .until(
            () ->
                system
                        .kubernetes()
                        .configMaps()
                        .inNamespace(ClusterEngine.NAMESPACE)
                        .withName("legacy-config")
                        .get()
                    == null);
  }

  private Resource<GenericKubernetesResource> object(String kind, String name) {
    return system
        .kubernetes()
        .genericKubernetesResources(HandMade.context(kind))
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(name);
  }

  private JsonNode read(String kind, String name) throws IOException {
    return JSON.readTree(Serialization.asJson(object(kind, name).require()));
  }

  private JsonNode awaitPhase(String kind, String name, String phase) {
    Predicate<JsonNode> there = object -> object.at("/status/phase").asText().equals(phase);
    return await(name + " " + phase).atMost(Tenant.PATIENCE).until(() -> read(kind, name), there);
  }
}
