package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operations as the real workflows leave them in a real history. */
@ExtendWith(RunningApi.class)
final class OperationsTest {
  private final World world;
  private final World.Tenant ours;

  OperationsTest(World world) {
    this.world = world;
    this.ours = world.tenant();
  }

  @Test
  void aFinishedOperationShowsItsStepsInTheirOrder() {
    JsonNode operation = settled(location(ours.create("Orders")));

    assertThat(operation.path("status").asText()).isEqualTo("completed");
    assertThat(operation.path("type").asText()).isEqualTo("ProvisionDatabase");
    assertThat(operation.path("database_name").asText()).isEqualTo("Orders");
    assertThat(operation.path("requested_by").asText()).isEqualTo("ada");
    assertThat(operation.path("attention").asBoolean()).isFalse();
    assertThat(operation.path("ended_at").asText()).endsWith("Z");
    assertThat(operation.path("duration_ms").isNumber()).isTrue();
    assertThat(operation.path("temporal_ui").asText())
        .isEqualTo(
            "http://temporal-ui.test/namespaces/default/workflows/"
                + operation.path("id").asText().replace("~", "/")
                + "/history");
    assertThat(operation.path("steps").findValuesAsText("name"))
        .containsExactly(
            "CreateSecret",
            "CreateDatabaseResource",
            "CreateInventoryNode",
            "StartMonitorDatabaseHealth",
            "AppendAudit");
    assertThat(operation.path("steps").findValuesAsText("state")).containsOnly("done");
  }

  @Test
  void aStepThatWasTriedAgainCountsItsAttempts() {
    JsonNode operation = settled(location(ours.create("flaky")));

    JsonNode step = operation.path("steps").get(1);
    assertThat(step.path("state").asText()).isEqualTo("done");
    assertThat(step.path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void aFailedOperationShowsWhatWasUndone() {
    ours.create("Taken");
    Reply refused = ours.create("Taken");
    assertThat(refused.status()).isEqualTo(409);

    JsonNode operation =
        settled(refused.json().path("operation").asText().substring("/api/v1".length()));

    assertThat(operation.path("status").asText()).isEqualTo("failed");
    assertThat(operation.at("/error/code").asText()).isEqualTo("NameTaken");
    JsonNode steps = operation.path("steps");
    assertThat(steps.findValuesAsText("name"))
        .containsExactly(
            "CreateSecret",
            "CreateDatabaseResource",
            "CreateInventoryNode",
            "DeleteInventoryNode",
            "DeleteDatabaseResource",
            "DeleteSecret",
            "AppendAudit");
    assertThat(steps.get(2).path("state").asText()).isEqualTo("failed");
    assertThat(steps.get(2).path("compensation").asBoolean()).isFalse();
    assertThat(steps.get(3).path("compensation").asBoolean()).isTrue();
  }

  @Test
  void aRunningOperationShowsTheStepItIsAt() {
    JsonNode operation = ours.get(location(ours.create("held here"))).json();

    assertThat(operation.path("status").asText()).isEqualTo("running");
    assertThat(operation.has("ended_at")).isFalse();
    assertThat(operation.at("/steps/1/name").asText()).isEqualTo("CreateDatabaseResource");
    assertThat(operation.at("/steps/1/state").asText()).isEqualTo("running");
  }

  @Test
  void aDeletionThatIsStillGoingIsJoinedAndIsNoCompensation() {
    String id = ours.create("Going").json().path("id").asText();
    world.activities.holdDeletions = true;
    try {
      Reply first = ours.call("DELETE", "/databases/" + id).send();
      Reply second = ours.call("DELETE", "/databases/" + id).send();

      assertThat(first.status()).as(first.text()).isEqualTo(202);
      assertThat(second.status()).isEqualTo(202);
      assertThat(location(second)).isEqualTo(location(first));
      JsonNode operation = ours.get(location(first)).json();
      assertThat(operation.path("type").asText()).isEqualTo("DeprovisionDatabase");
      assertThat(operation.path("steps").findValuesAsText("compensation")).containsOnly("false");
    } finally {
      world.activities.holdDeletions = false;
    }
  }

  @Test
  void aChangeDuringAnotherOneIsAConflictThatNamesIt() {
    Reply creating =
        ours.call("POST", "/databases")
            .header("Idempotency-Key", "busy")
            .json(RunningApi.body("busy"))
            .send();
    String id = creating.json().path("id").asText();
    settled(location(creating));
    world.activities.holdDeletions = true;
    try {
      Reply deleting = ours.call("DELETE", "/databases/" + id).send();
      world.inventory.databases.delete(
          new io.tas.dbhub.core.model.DatabaseRef(
              id, new io.tas.dbhub.core.model.Scope(ours.id, "main")));

      Reply again =
          ours.call("POST", "/databases")
              .header("Idempotency-Key", "busy")
              .json(RunningApi.body("busy"))
              .send();

      assertThat(deleting.status()).isEqualTo(202);
      assertThat(again.status()).as(again.text()).isEqualTo(409);
      assertThat(again.code()).isEqualTo("OperationRunning");
      assertThat(again.json().path("operation").asText())
          .isEqualTo(deleting.header("Operation-Location"));
    } finally {
      world.activities.holdDeletions = false;
    }
  }

  @Test
  void anotherSpaceOfTheTenantDoesNotSeeTheOperation() {
    String operation = location(ours.create("Private"));
    String other = world.issuer.token(ours.id, List.of("other"), "operator");

    assertThat(world.api.call("GET", "/api/v1" + operation).token(other).send().status())
        .isEqualTo(404);
  }

  private JsonNode settled(String path) {
    return await()
        .until(
            () -> ours.get(path).json(),
            operation -> !operation.path("status").asText().equals("running"));
  }

  private static String location(Reply reply) {
    return reply.header("Operation-Location").substring("/api/v1".length());
  }
}
