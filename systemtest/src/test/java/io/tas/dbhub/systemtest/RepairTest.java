package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.comparison.ComparisonReport;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody removed or changed by hand is noticed, told, and put back on request. */
@ExtendWith(RealSystem.class)
class RepairTest {
  private static final String QUERY = "SELECT name FROM towns";

  private final TestSystem system;
  private final Tenant tenant;

  RepairTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aDeletedResourceIsToldAndPutBack() {
    String id = connected("resource");
    JsonNode before = tenant.api().get("databases/" + id).body();
    system
        .kubernetes()
        .resources(DatabaseResource.class)
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(before.path("crd_name").asText())
        .delete();

    JsonNode failed = tenant.awaitStatus(id, "Failed");
    assertThat(failed.path("status_message").asText()).contains("resource", "missing");
    ApiClient.Answer repaired = repair(id, Map.of());
    assertThat(repaired.body().path("put_back").toString()).contains("Database resource");
    whole(id);
  }

  @Test
  void aDeletedSecretIsToldAndNeedsItsCredentials() {
    Map<String, Object> request = tenant.postgres("secret");
    String id = tenant.create(request);
    tenant.awaitConnected(id);
    deleteSecret(id);

    JsonNode failed = tenant.awaitStatus(id, "Failed");
    assertThat(failed.path("status_message").asText()).contains("Secret", "does not exist");
    ApiClient.Answer refused = repairing(id, Map.of());
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    assertThat(refused.body().path("code").asText()).isEqualTo("CredentialsNeeded");

    repair(id, Map.of("username", request.get("username"), "password", request.get("password")));
    whole(id);
  }

  @Test
  void aDeletedNodeIsListedAndMadeAnewFromTheResource() {
    String id = connected("node");
    JsonNode before = tenant.api().get("databases/" + id).body();
    system
        .neo4j()
        .executableQuery("MATCH (d:Database {id: $id}) DETACH DELETE d")
        .withParameters(Map.of("id", id))
        .execute();

    compareUntilListed(id);
    assertThat(tenant.api().get("databases/" + id).status()).isEqualTo(404);
    repair(id, Map.of());
    assertThat(tenant.api().get("leftovers").text()).doesNotContain(id);
    JsonNode after = tenant.api().get("databases/" + id).body();
    for (String field : new String[] {"name", "host", "port", "database", "owner_id", "readonly"}) {
      assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
    }
    whole(id);
  }

  @Test
  void aResourceThatWasChangedByHandIsToldAndPutBack() {
    String id = connected("changed");
    String name = tenant.api().get("databases/" + id).body().path("crd_name").asText();
    system
        .kubernetes()
        .resources(DatabaseResource.class)
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"readOnly\":false,\"maxRows\":7}}");

    JsonNode failed = tenant.awaitStatus(id, "Failed");
    assertThat(failed.path("status_message").asText()).contains("changed by hand");
    repair(id, Map.of());
    DatabaseResource resource =
        system
            .kubernetes()
            .resources(DatabaseResource.class)
            .inNamespace(ClusterEngine.NAMESPACE)
            .withName(name)
            .get();
    assertThat(resource.getSpec().maxRows()).isEqualTo(1000);
    assertThat(resource.getSpec().readOnly()).isTrue();
    whole(id);
  }

  @Test
  void aSecretWithoutANodeIsListedAndDeletedByAPersonOnly() {
    String id = UUID.randomUUID().toString();
    String name = "db-" + id.substring(0, 8) + "-creds";
    system
        .kubernetes()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(ClusterEngine.NAMESPACE)
                .withLabels(
                    Map.of(
                        Kubernetes.MANAGED_BY,
                        Kubernetes.MANAGER,
                        Kubernetes.DATABASE_ID,
                        id,
                        Kubernetes.TENANT,
                        tenant.id(),
                        Kubernetes.SPACE,
                        tenant.space()))
                .endMetadata()
                .build())
        .create();

    compareUntilListed(id);
    Traces traces = new Traces(system, id);
    assertThat(traces.secrets()).as("nothing is deleted by itself").containsExactly(name);
    assertThat(system.newTenant().api().get("leftovers").text()).doesNotContain(id);
    assertThat(system.newTenant().api().delete("leftovers/" + id).status()).isEqualTo(404);

    ApiClient.Answer deleted = tenant.api().delete("leftovers/" + id);
    assertThat(deleted.status()).as(deleted.text()).isIn(202, 204);
    await().atMost(Tenant.PATIENCE).until(() -> traces.secrets().isEmpty());
    await().atMost(Tenant.PATIENCE).until(() -> !tenant.api().get("leftovers").text().contains(id));
  }

  /** What is young may be under way, so one comparison may pass it over. */
  private void compareUntilListed(String id) {
    await("listed as left over")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> {
              ComparisonReport report =
                  system
                      .temporal("default")
                      .newUntypedWorkflowStub(WorkflowIds.COMPARISON)
                      .update("compareNow", ComparisonReport.class);
              return report.leftovers() > 0 && tenant.api().get("leftovers").text().contains(id);
            });
  }

  private String connected(String name) {
    String id = tenant.create(tenant.postgres(name));
    tenant.awaitConnected(id);
    tenant.awaitQuery(id, QUERY);
    return id;
  }

  private void deleteSecret(String id) {
    String name = tenant.api().get("databases/" + id).body().path("secret_name").asText();
    system.kubernetes().secrets().inNamespace(ClusterEngine.NAMESPACE).withName(name).delete();
  }

  private ApiClient.Answer repairing(String id, Map<String, Object> credentials) {
    return tenant.api().post("databases/" + id + "/repair", credentials);
  }

  private ApiClient.Answer repair(String id, Map<String, Object> credentials) {
    ApiClient.Answer answer = repairing(id, credentials);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  private void whole(String id) {
    tenant.awaitConnected(id);
    Traces traces = new Traces(system, id);
    traces.assertExactlyOne();
    assertThat(traces.monitored()).isTrue();
    assertThat(tenant.awaitQuery(id, QUERY).path("row_count").asInt()).isEqualTo(2);
    tenant.delete(id);
    traces.assertNothingLeft();
  }
}
