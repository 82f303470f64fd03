package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningApi.class)
final class BatchRunsTest {
  private final World world;
  private final World.Tenant ours;
  private final Scope scope;

  BatchRunsTest(World world) {
    this.world = world;
    this.ours = world.tenant();
    this.scope = new Scope(ours.id, "main");
  }

  @Test
  void whatIsNoDryRunIsDoneAndEverybodyWhoWatchesIsTold() {
    Reply reply = send("?dry_run=false&only_valid=true", "one", "two", "");

    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    String id = reply.json().path("id").asText();
    Reply events = ours.get("/batches/" + id + "/events");
    assertThat(events.text()).contains("event: end\n", "\"state\":\"completed\"");
    JsonNode ended = awaitState(id, "completed");
    assertThat(ended.at("/rows/done").asInt()).isEqualTo(2);
    assertThat(ended.at("/rows/invalid").asInt()).isEqualTo(1);
    assertThat(ended.path("ended_at").asText()).isNotEmpty();
  }

  @Test
  void whatFailedIsDoneAgainAndNothingElse() {
    String id = checked("one", "fails");
    assertThat(act(id, "run").status()).isEqualTo(202);
    JsonNode failed = awaitState(id, "failed");
    assertThat(failed.path("problems").findValuesAsText("code")).containsExactly("TargetFailed");

    Reply again = act(id, "retry");

    assertThat(again.status()).as(again.text()).isEqualTo(202);
    assertThat(awaitState(id, "completed").at("/rows/done").asInt()).isEqualTo(2);
    assertThat(act(id, "retry").code()).isEqualTo("NotPossibleNow");
  }

  @Test
  void whatWaitsForAPersonIsListedWithItsOperation() {
    String id = checked("parks");
    act(id, "run");

    JsonNode ended = awaitState(id, "needs_attention");

    assertThat(ended.path("waiting").findValuesAsText("operation")).containsExactly("database-1~2");
  }

  @Test
  void aBatchThatIsPausedGoesOnWhenItIsResumed() {
    String id = checked("held");
    act(id, "run");
    awaitState(id, "running");

    assertThat(act(id, "pause").status()).isEqualTo(202);
    awaitState(id, "paused");
    assertThat(act(id, "run").code()).isEqualTo("NotPossibleNow");
    assertThat(ours.call("DELETE", "/batches/" + id).send().status()).isEqualTo(409);
    assertThat(act(id, "resume").status()).isEqualTo(202);

    // Not before: the rows that were begun may be all there are, and then it ends paused.
    world.batchWork.release(ours.id);
    awaitState(id, "completed");
  }

  @Test
  void aBatchThatIsCancelledEndsWithTheRowsThatWereBegun() {
    String id = checked("held");
    act(id, "run");
    awaitRunning(id);
    assertThat(act(id, "cancel").status()).isEqualTo(202);
    world.batchWork.release(ours.id);

    assertThat(awaitState(id, "cancelled").at("/rows/done").asInt()).isEqualTo(1);
  }

  @Test
  void whatTheJournalCallsRunningWithoutAWorkflowIsStartedByTheNextWhoRunsIt() {
    String id = checked("one");
    begin(id);
    assertThat(ours.get("/batches/" + id).json().path("state").asText()).isEqualTo("running");

    assertThat(act(id, "run").status()).isEqualTo(202);

    awaitState(id, "completed");
  }

  @Test
  void whatWasToBeTriedAgainWhenTheApiDiedIsTriedByTheNextRetry() {
    String id = checked("fails-1", "two");
    assertThat(act(id, "run").status()).isEqualTo(202);
    awaitState(id, "failed");
    world.journal.batches().begin(scope, id, Set.of(RowState.FAILED), Instant.now());

    await("retried, once the first run has closed")
        .atMost(Duration.ofSeconds(30))
        .until(() -> act(id, "retry").status() == 202);

    awaitState(id, "completed");
  }

  @Test
  void whatTheJournalCallsRunningWithoutAWorkflowCanBeCancelled() {
    String id = checked("one");
    begin(id);

    assertThat(act(id, "cancel").status()).isEqualTo(202);

    awaitState(id, "cancelled");
  }

  @Test
  void aSpaceRunsSoManyAtOnceAndTheNextStaysAsItIs() {
    for (int i = 0; i < 10; i++) {
      begin(checked("one"));
    }
    String id = checked("one");

    Reply refused = act(id, "run");

    assertThat(refused.status()).as(refused.text()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isNotEmpty();
    assertThat(ours.get("/batches/" + id).json().path("state").asText()).isEqualTo("checked");
  }

  @Test
  void aBatchCanBeRunAgainRightWhenItHasEnded() {
    String id = checked("one");
    for (int i = 0; i < 5; i++) {
      assertThat(act(id, "run").status()).isEqualTo(202);
      awaitState(id, "completed");
    }
  }

  private void begin(String id) {
    world.journal.batches().begin(scope, id, Set.of(), Instant.now());
  }

  private String checked(String... names) {
    return send("", names).json().path("id").asText();
  }

  private Reply send(String query, String... names) {
    StringBuilder file = new StringBuilder("name,type,database\n");
    for (String name : names) {
      file.append(name).append(",sqlite,a.db\n");
    }
    return ours.call("POST", "/batches/import" + query)
        .header("Content-Type", "text/csv")
        .body(BodyPublishers.ofString(file.toString()))
        .send();
  }

  private Reply act(String id, String action) {
    return ours.call("POST", "/batches/" + id + "/" + action).send();
  }

  private void awaitRunning(String id) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ours.get("/batches/" + id).json().at("/rows/running").asInt() == 1);
  }

  private JsonNode awaitState(String id, String state) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> ours.get("/batches/" + id).json(),
            batch -> batch.path("state").asText().equals(state));
  }
}
