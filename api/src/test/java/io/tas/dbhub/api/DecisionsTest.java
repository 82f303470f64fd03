package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's decisions about operations that wait for one. */
@ExtendWith(RunningApi.class)
final class DecisionsTest {
  private final World world;
  private final World.Tenant ours;

  DecisionsTest(World world) {
    this.world = world;
    this.ours = world.tenant();
  }

  @Test
  void aParkedOperationSaysWhatItWaitsForAndGoesOnWhenDecided() {
    String operation = parked("DeleteSecret", "main");

    JsonNode shown = ours.get("/operations/" + operation).json();
    assertThat(shown.path("attention").asBoolean()).isTrue();
    assertThat(shown.path("cancellable").asBoolean()).isFalse();
    assertThat(shown.at("/parked/step").asText()).isEqualTo("DeleteSecret");
    assertThat(shown.at("/parked/code").asText()).isEqualTo("KubernetesRefused");
    assertThat(shown.at("/parked/left/0").asText()).isEqualTo("a Secret");
    assertThat(shown.at("/parked/choices/1").asText()).isEqualTo("skip");

    Reply reply =
        decide(
            operation,
            "{\"decision\": \"skip\", \"step\": \"DeleteSecret\", \"reason\": \"by hand\"}");

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    String result = result(operation);
    assertThat(result).contains("SKIP").contains("by hand").contains("ada").contains("127.0.0.1");
    Reply late = decide(operation, "{\"decision\": \"retry\"}");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.code()).isEqualTo("NotPossibleNow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"decision\": \"retry\", \"step\": \"DeleteInventoryNode\"}",
        "{\"decision\": \"abandon\", \"reason\": \"tired\"}"
      })
  void aDecisionThatMakesNoSenseNowIsAConflict(String body) {
    String operation = parked("DeleteSecret", "main");

    Reply reply = decide(operation, body);

    assertThat(reply.status()).as(reply.text()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("NotPossibleNow");
    decide(operation, "{\"decision\": \"retry\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"decision\": \"giveup\"}",
        "{\"decision\": \"skip\"}",
        "{\"decision\": \"skip\", \"reason\": \" \"}",
        "{\"decision\": \"retry\", \"actor\": \"somebody else\"}"
      })
  void aDecisionIsWholeOrRefused(String body) {
    String operation = parked("DeleteSecret", "main");

    assertThat(decide(operation, body).status()).isEqualTo(400);
    decide(operation, "{\"decision\": \"retry\"}");
  }

  @Test
  void nobodyCancelsWhatWaitsForADecision() {
    String operation = parked("DeleteSecret", "main");

    Reply reply = ours.call("POST", "/operations/" + operation + "/cancel").send();

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("NotPossibleNow");
    decide(operation, "{\"decision\": \"retry\"}");
  }

  @Test
  void anOperationThatDoesNotWaitTakesNoDecision() {
    String made = ours.create("Orders").header("Operation-Location");
    String operation = made.substring(made.lastIndexOf('/') + 1);

    assertThat(decide(operation, "{\"decision\": \"retry\"}").code()).isEqualTo("NotPossibleNow");
  }

  @Test
  void operationsOfOthersAreForOperators() {
    String made = ours.create("Orders").header("Operation-Location").substring("/api/v1".length());
    String other =
        world.issuer.sign(
            TestIssuer.claims(ours.id, List.of("main"), "editor").subject("eve").build());

    assertThat(world.api.call("GET", "/api/v1" + made).token(other).send().status()).isEqualTo(404);
    assertThat(world.api.call("POST", "/api/v1" + made + "/cancel").token(other).send().status())
        .isEqualTo(404);
    assertThat(world.api.call("GET", "/api/v1" + made).token(ours.token("viewer")).send().status())
        .isEqualTo(200);
  }

  @Test
  void anOperatorMaySeeAllSpacesOfTheirTenant() {
    String operation = parked("DeleteSecret", "other");

    assertThat(ours.get("/operations/" + operation).status()).isEqualTo(404);
    assertThat(ours.get("/operations/" + operation + "?all_spaces=true").status()).isEqualTo(200);
    assertThat(
            world
                .api
                .call("GET", "/api/v1/operations?all_spaces=true")
                .token(ours.token("editor"))
                .send()
                .status())
        .isEqualTo(403);
    assertThat(world.tenant().get("/operations/" + operation + "?all_spaces=true").status())
        .isEqualTo(404);
    ours.call("POST", "/operations/" + operation + "/decision?all_spaces=true")
        .json("{\"decision\": \"retry\"}")
        .send();
  }

  private Reply decide(String operation, String body) {
    return ours.call("POST", "/operations/" + operation + "/decision").json(body).send();
  }

  private String parked(String step, String space) {
    String id = UUID.randomUUID().toString();
    WorkflowStub stub =
        world.temporal.client.newUntypedWorkflowStub(
            ParkedOperation.NAME,
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.database(id))
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setTypedSearchAttributes(
                    SearchAttributes.operation(
                        new DatabaseRef(id, new Scope(ours.id, space)),
                        ParkedOperation.NAME,
                        "somebody"))
                .setMemo(Map.of(Memos.DATABASE_NAME, "Orders of " + step))
                .build());
    WorkflowExecution execution = stub.start(step);
    String operation = execution.getWorkflowId() + "~" + execution.getRunId();
    await()
        .until(
            () -> ours.get("/operations/" + operation + "?all_spaces=true").json().has("parked"));
    return operation;
  }

  private String result(String operation) {
    int tilde = operation.indexOf('~');
    return world
        .temporal
        .client
        .newUntypedWorkflowStub(
            WorkflowTargetOptions.newBuilder()
                .setWorkflowId(operation.substring(0, tilde))
                .setRunId(operation.substring(tilde + 1))
                .build())
        .getResult(String.class);
  }
}
