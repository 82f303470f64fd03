package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cleanup that cannot be finished waits for a person, who reaches it in three ways. */
@ExtendWith(RealSystem.class)
class ParkedOperationTest {
  private final TestSystem system;
  private final Tenant tenant;

  ParkedOperationTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  /** A provisioning that failed because its name is taken, and cannot delete its Secret. */
  private record Parked(String databaseId, String operation) {}

  private Parked park(String name) {
    ApiClient.Answer answer = tenant.api().post("databases", tenant.sqlite(name));
    // It answers with the failure only once it is undone, and that it is not.
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    String id = Tenant.id(answer);
    JsonNode parked =
        await("parked")
            .atMost(Tenant.PATIENCE)
            .until(() -> parked(id), Optional::isPresent)
            .orElseThrow();
    assertThat(parked.at("/parked/step").asText()).isEqualTo("DeleteSecret");
    assertThat(parked.at("/parked/code").asText()).isEqualTo("KubernetesRefused");
    assertThat(parked.at("/parked/left").toString()).contains(id).contains("Secret");
    assertThat(parked.at("/parked/left")).hasSize(1);
    Traces traces = new Traces(system, id);
    assertThat(traces.secrets()).as("what is said to be left").hasSize(1);
    assertThat(traces.resources()).isEmpty();
    assertThat(traces.nodes()).isZero();
    return new Parked(id, parked.path("id").asText());
  }

  private Optional<JsonNode> parked(String databaseId) {
    JsonNode operations = tenant.api().get("operations?attention=true").body().path("operations");
    return StreamSupport.stream(operations.spliterator(), false)
        .filter(operation -> operation.path("database_id").asText().equals(databaseId))
        .findFirst();
  }

  @Test
  void itIsRetriedOnceTheCauseIsMended() {
    String first = tenant.create(tenant.sqlite("retried"));
    tenant.awaitConnected(first);
    Parked parked;
    try (UndeletableSecrets policy = new UndeletableSecrets(system, tenant)) {
      parked = park("retried");
    }
    ApiClient.Answer taken = decide(parked, Map.of("decision", "retry", "step", "DeleteSecret"));
    assertThat(taken.status()).as(taken.text()).isEqualTo(200);
    await().atMost(Tenant.PATIENCE).until(() -> status(parked), "failed"::equals);
    new Traces(system, parked.databaseId()).assertNothingLeft();
    assertThat(
            tenant.api().get("operations/" + parked.operation()).body().at("/error/code").asText())
        .isEqualTo("NameTaken");
    assertDecided(parked, "retry", "tester@" + tenant.id());
    tenant.delete(first);
  }

  @Test
  void itIsSkippedByRestByWhoeverDidItByHand() {
    String first = tenant.create(tenant.sqlite("skipped"));
    tenant.awaitConnected(first);
    try (UndeletableSecrets policy = new UndeletableSecrets(system, tenant)) {
      Parked parked = park("skipped");
      ApiClient.Answer withoutReason =
          decide(parked, Map.of("decision", "skip", "step", "DeleteSecret"));
      assertThat(withoutReason.status()).as(withoutReason.text()).isEqualTo(400);
      ApiClient.Answer otherStep =
          decide(parked, Map.of("decision", "retry", "step", "CreateSecret"));
      assertThat(otherStep.status()).as(otherStep.text()).isEqualTo(409);

      new Traces(system, parked.databaseId())
          .secrets()
          .forEach(
              name ->
                  system
                      .kubernetes()
                      .secrets()
                      .inNamespace(ClusterEngine.NAMESPACE)
                      .withName(name)
                      .delete());
      ApiClient.Answer taken =
          decide(
              parked,
              Map.of("decision", "skip", "step", "DeleteSecret", "reason", "deleted with kubectl"));
      assertThat(taken.status()).as(taken.text()).isEqualTo(200);
      await().atMost(Tenant.PATIENCE).until(() -> status(parked), "failed"::equals);
      new Traces(system, parked.databaseId()).assertNothingLeft();
      assertDecided(parked, "deleted with kubectl", "tester@" + tenant.id());
      ApiClient.Answer late = decide(parked, Map.of("decision", "retry"));
      assertThat(late.status()).as(late.text()).isEqualTo(409);
    }
    tenant.delete(first);
  }

  @Test
  void itIsAbandonedWithTemporalsCommandLineAndListed() throws Exception {
    String first = tenant.create(tenant.sqlite("abandoned"));
    tenant.awaitConnected(first);
    Parked parked;
    try (UndeletableSecrets policy = new UndeletableSecrets(system, tenant)) {
      parked = park("abandoned");
      String said =
          temporal(
              "workflow",
              "update",
              "execute",
              "-w",
              WorkflowIds.database(parked.databaseId()),
              "--name",
              "decide",
              "--input",
              "{\"decision\":\"abandon\",\"step\":\"DeleteSecret\","
                  + "\"reason\":\"the policy stays\",\"actor\":\"ada\"}");
      await(said).atMost(Tenant.PATIENCE).until(() -> status(parked), "failed"::equals);
    }
    assertThat(
            tenant.api().get("operations/" + parked.operation()).body().at("/error/code").asText())
        .isEqualTo("Abandoned");
    JsonNode leftovers = tenant.api().get("leftovers").body();
    assertThat(leftovers.toString()).contains(parked.databaseId(), "the policy stays", "ada");
    assertDecided(parked, "the policy stays", "ada");

    ApiClient.Answer deleted = tenant.api().delete("leftovers/" + parked.databaseId());
    assertThat(deleted.status()).as(deleted.text()).isIn(202, 204);
    await("a person deletes what is left")
        .atMost(Tenant.PATIENCE)
        .until(() -> new Traces(system, parked.databaseId()).secrets().isEmpty());
    await()
        .atMost(Tenant.PATIENCE)
        .until(
            () -> tenant.api().get("leftovers").text(),
            text -> !text.contains(parked.databaseId()));
    tenant.delete(first);
  }

  private ApiClient.Answer decide(Parked parked, Map<String, Object> decision) {
    return tenant.api().post("operations/" + parked.operation() + "/decision", decision);
  }

  private String status(Parked parked) {
    return tenant.api().get("operations/" + parked.operation()).body().path("status").asText();
  }

  private void assertDecided(Parked parked, String detail, String actor) {
    JsonNode audit =
        await("the decision is in the journal")
            .atMost(Tenant.PATIENCE)
            .until(
                () ->
                    tenant
                        .api()
                        .get("audit?action=Decide&object_id=" + parked.databaseId())
                        .body()
                        .path("entries"),
                entries -> !entries.isEmpty());
    assertThat(audit.toString()).contains(detail, actor);
  }

  private String temporal(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.standard(System.out)
                    .temporal()
                    .orThrow()
                    .executable("temporal")
                    .toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--address", system.local().temporal().target()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
