package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.Conditions;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResourceStatus;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Databases that somebody made with kubectl: probed, told of, and listed where they ask for it. */
@ExtendWith(RealSystem.class)
class HandMadeDatabaseTest {
  private static final String NAMESPACE = ClusterEngine.NAMESPACE;

  private final Tenant tenant;
  private final KubernetesClient kubernetes;
  private final String name = "by-hand-" + UUID.randomUUID().toString().substring(0, 8);

  HandMadeDatabaseTest(TestSystem system) {
    this.tenant = system.newTenant();
    this.kubernetes = system.kubernetes();
  }

  @AfterEach
  void tidy() {
    resource().delete();
    kubernetes.resources(DBHubInstance.class).inNamespace(NAMESPACE).withName(name).delete();
    kubernetes.secrets().inNamespace(NAMESPACE).withName(name).delete();
  }

  @Test
  void aLabelledDatabaseIsListedFollowedQueriedAndGoesWithItsLabels() {
    Map<String, Object> postgres = tenant.postgres("byhand");
    makeInstance();
    makeSecret(postgres);
    makeDatabase(postgres, labels());

    String id = awaitListed().path("id").asText();
    JsonNode connected = tenant.awaitConnected(id);
    assertThat(connected.path("origin").asText()).isEqualTo("manifest");
    assertThat(connected.path("crd_name").asText()).isEqualTo(name);
    assertThat(connected.path("crd_namespace").asText()).isEqualTo(NAMESPACE);
    assertThat(id).isEqualTo(resource().require().getMetadata().getUid());
    awaitEvents("Database", "Adopted", "Connected");
    awaitEvents("DBHubInstance", "RolledOut");
    assertThat(tenant.awaitQuery(id, "SELECT name FROM towns ORDER BY name").toString())
        .contains("Aarau");
    assertThat(tenant.api().post("databases/" + id + "/test", Map.of()).status()).isEqualTo(200);

    for (ApiClient.Answer refused :
        List.of(
            tenant.api().put("databases/" + id, Map.of("max_rows", 5), Map.of()),
            tenant.api().delete("databases/" + id))) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(409);
      assertThat(refused.text()).contains("OwnedByManifest", "edit database " + name);
    }

    patch(
        "{\"spec\":{\"maxRows\":7},\"metadata\":{\"annotations\":"
            + "{\"dbhub.tas.io/display-name\":\"Towns\"}}}");
    await("what the manifest says now")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> tenant.api().get("databases/" + id).body(),
            now -> now.path("max_rows").asInt() == 7 && now.path("name").asText().equals("Towns"));

    patch("{\"metadata\":{\"labels\":{\"tas.io/tenant\":null}}}");
    await("not listed any more")
        .atMost(Tenant.PATIENCE)
        .until(() -> tenant.api().get("databases/" + id).status() == 404);
    awaitEvents("Database", "Adopted", "Connected", "Released");
    await("a status without the condition")
        .atMost(Tenant.PATIENCE)
        .until(() -> condition(Conditions.ADOPTED).isEmpty());
    assertThat(resource().require().getStatus().phase())
        .as("it is still probed")
        .isEqualTo(DatabaseStatus.CONNECTED);
  }

  @Test
  void aDeletedManifestTakesItsNodeWithIt() {
    Map<String, Object> postgres = tenant.postgres("deleted");
    makeSecret(postgres);
    makeDatabase(postgres, labels());
    String id = awaitListed().path("id").asText();

    resource().delete();

    await("not listed any more")
        .atMost(Tenant.PATIENCE)
        .until(() -> tenant.api().get("databases/" + id).status() == 404);
  }

  @Test
  void aMissingSecretAndAMissingKeyAreSaidAndHealWhenTheyAppear() {
    Map<String, Object> postgres = tenant.postgres("healed");
    makeDatabase(postgres, Map.of());
    awaitReason("SecretNotFound");

    Secret half = secret(postgres);
    half.getStringData().remove("password");
    kubernetes.resource(half).create();
    awaitReason("SecretKeyMissing");
    kubernetes
        .secrets()
        .inNamespace(NAMESPACE)
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(
                Map.of("stringData", Map.of("password", postgres.get("password")))));

    awaitReason("Connected");
    awaitEvents("Database", "SecretNotFound", "SecretKeyMissing", "CredentialsFound", "Recovered");
    assertThat(events("Database"))
        .extracting(Event::getMessage)
        .noneMatch(message -> message.contains(postgres.get("password").toString()));
  }

  @Test
  void aNameThatIsTakenIsSaidAndHealsWhenItIsFree() {
    String other = tenant.create(tenant.sqlite("taken"));
    Map<String, Object> postgres = tenant.postgres("takentoo");
    makeSecret(postgres);
    DatabaseResource made = database(postgres, labels());
    made.getMetadata().setAnnotations(Map.of(Kubernetes.DISPLAY_NAME, "taken"));
    kubernetes.resource(made).create();
    await("refused")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> condition(Conditions.ADOPTED),
            found -> found.filter(now -> now.getReason().equals("NameTaken")).isPresent());

    tenant.delete(other);

    awaitListed();
    awaitEvents("Database", "NameTaken", "Adopted");
  }

  private Map<String, String> labels() {
    return Map.of(Kubernetes.TENANT, tenant.id(), Kubernetes.SPACE, tenant.space());
  }

  private JsonNode awaitListed() {
    return await("listed")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> {
              for (JsonNode found : tenant.api().get("databases").body().path("databases")) {
                if (found.path("crd_name").asText().equals(name)) {
                  return Optional.of(found);
                }
              }
              return Optional.<JsonNode>empty();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  private void awaitReason(String reason) {
    await("reason " + reason)
        .atMost(Tenant.PATIENCE)
        .until(
            () -> condition(Conditions.READY),
            found -> found.filter(now -> now.getReason().equals(reason)).isPresent());
  }

  private void awaitEvents(String kind, String... reasons) {
    await("events")
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () -> assertThat(events(kind)).extracting(Event::getReason).contains(reasons));
  }

  /** As kubectl describe asks for them. */
  private List<Event> events(String kind) {
    return kubernetes
        .v1()
        .events()
        .inNamespace(NAMESPACE)
        .withField("involvedObject.kind", kind)
        .withField("involvedObject.name", name)
        .list()
        .getItems();
  }

  private Optional<Condition> condition(String type) {
    DatabaseResourceStatus status = resource().require().getStatus();
    return status == null ? Optional.empty() : Conditions.find(status.conditions(), type);
  }

  private Resource<DatabaseResource> resource() {
    return kubernetes.resources(DatabaseResource.class).inNamespace(NAMESPACE).withName(name);
  }

  private void patch(String patch) {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /** The control plane's own serves what REST made. */
  private void makeInstance() {
    kubernetes
        .resource(
            Serialization.unmarshal(
                """
                ---
                apiVersion: dbhub.tas.io/v1alpha1
                kind: DBHubInstance
                metadata: {name: "%1$s", namespace: "%2$s"}
                spec:
                  databaseSelector: {matchNames: ["%1$s"]}
                """
                    .formatted(name, NAMESPACE),
                DBHubInstance.class))
        .create();
  }

  private void makeSecret(Map<String, Object> request) {
    kubernetes.resource(secret(request)).create();
  }

  private Secret secret(Map<String, Object> request) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .addToStringData("user", request.get("username").toString())
        .addToStringData("password", request.get("password").toString())
        .build();
  }

  private void makeDatabase(Map<String, Object> request, Map<String, String> labels) {
    kubernetes.resource(database(request, labels)).create();
  }

  /** With a key of its own for the username. */
  private DatabaseResource database(Map<String, Object> request, Map<String, String> labels) {
    DatabaseResource made =
        Serialization.unmarshal(
            """
            ---
            apiVersion: dbhub.tas.io/v1alpha1
            kind: Database
            metadata: {name: "%1$s", namespace: "%2$s"}
            spec:
              type: postgres
              host: "%3$s"
              port: %4$s
              database: "%5$s"
              credentialsRef: {name: "%1$s", userKey: user}
            """
                .formatted(
                    name,
                    NAMESPACE,
                    request.get("host"),
                    request.get("port"),
                    request.get("database")),
            DatabaseResource.class);
    made.getMetadata().setLabels(labels);
    return made;
  }
}
