package io.tas.dbhub.workflows.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.Decisions;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.workflows.ParkedWorkflow;
import io.tas.dbhub.workflows.Samples;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A provisioning that failed and cannot be undone either: it waits for a person. */
class ParkedProvisioningTest extends WorkflowTest {
  private final String id = UUID.randomUUID().toString();

  @Test
  void whatCannotBeUndoneWaitsForAPersonAndSaysWhatIsLeft() {
    world.breakDown("DeleteDatabaseResource", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = provisionInVain();

    ParkedStep parked = workflow.awaitParked("DeleteDatabaseResource");

    assertThat(parked.code()).isEqualTo(FailureType.KUBERNETES_REFUSED.wireName());
    assertThat(parked.message()).isEqualTo("planned for the test");
    assertThat(parked.choices()).containsExactly(Choice.RETRY, Choice.SKIP, Choice.ABANDON);
    assertThat(parked.left())
        .containsExactly(
            "the Database resource labelled dbhub.tas.io/database-id=" + id,
            "the Secret labelled dbhub.tas.io/database-id=" + id);
  }

  @Test
  void aCallWhoseAnswerWasNeverHadMayHaveLeftSomething() {
    world.failNext("CreateSecret", FailureType.KUBERNETES_REFUSED, true);
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = provision();

    assertThat(workflow.awaitParked("DeleteSecret").left())
        .singleElement()
        .asString()
        .startsWith("perhaps the Secret");
  }

  @Test
  void anOutageParksOnlyAfterItsPatience() {
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_UNAVAILABLE);
    ParkedWorkflow workflow = provisionInVain();
    await().until(() -> world.calls.contains("DeleteSecret"));
    workflow.assertNotParked();

    temporal.sleep(Duration.ofMinutes(11));

    assertThat(workflow.awaitParked("DeleteSecret").code())
        .isEqualTo(FailureType.KUBERNETES_UNAVAILABLE.wireName());
  }

  @Test
  void retryOnceTheCauseIsMendedUndoesEverything() throws Exception {
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = provisionInVain();
    workflow.awaitParked("DeleteSecret");
    world.mend("DeleteSecret");

    workflow.decide(Choice.RETRY);

    assertEndsWith(workflow, FailureType.NAME_TAKEN);
    assertThat(world.isEmptyOf(id)).isTrue();
    workflow.assertNotParked();
    record("ProvisionDatabase-parked-retry", workflow.run());
  }

  @Test
  void retryBeforeTheCauseIsMendedParksAgain() {
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = provisionInVain();
    ParkedStep first = workflow.awaitParked("DeleteSecret");
    temporal.sleep(Duration.ofSeconds(1));

    workflow.decide(Choice.RETRY);

    await().until(() -> workflow.awaitParked("DeleteSecret").since().isAfter(first.since()));
    world.mend("DeleteSecret");
    workflow.decide(Choice.RETRY);
    assertEndsWith(workflow, FailureType.NAME_TAKEN);
  }

  @Test
  void skipGoesOnWithTheNextStep() throws Exception {
    world.breakDown("DeleteDatabaseResource", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = provisionInVain();
    workflow.awaitParked("DeleteDatabaseResource");

    workflow.decide(Choice.SKIP);

    assertEndsWith(workflow, FailureType.NAME_TAKEN);
    assertThat(world.secrets).isEmpty();
    assertThat(world.leftovers).isEmpty();
    workflow.assertNotParked();
    record("ProvisionDatabase-parked-skip", workflow.run());
  }

  @Test
  void abandonLeavesTheRestAndListsIt() throws Exception {
    world.breakDown("DeleteDatabaseResource", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = provisionInVain();
    List<String> left = workflow.awaitParked("DeleteDatabaseResource").left();

    workflow.decide(Choice.ABANDON);

    assertEndsWith(workflow, FailureType.ABANDONED);
    assertThat(world.calls).doesNotContain("DeleteSecret");
    assertThat(world.leftovers).extracting(Leftover::what).containsExactlyElementsOf(left);
    assertThat(world.leftovers)
        .extracting(Leftover::why)
        .containsOnly("abandoned by ada: seen by ada");
    workflow.assertNotParked();
    record("ProvisionDatabase-parked-abandon", workflow.run());
  }

  @Test
  void itDoesNotEndBeforeWhatIsLeftIsListed() {
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    world.breakDown("RecordLeftovers", FailureType.INTERNAL);
    ParkedWorkflow workflow = provisionInVain();
    workflow.awaitParked("DeleteSecret");
    workflow.decide(Choice.ABANDON);
    temporal.sleep(Duration.ofHours(1));
    world.breakDown("RecordLeftovers", FailureType.INVALID);
    temporal.sleep(Duration.ofHours(1));
    workflow.assertNotParked();

    world.mend("RecordLeftovers");

    assertEndsWith(workflow, FailureType.ABANDONED);
    assertThat(world.leftovers).hasSize(1);
  }

  @Test
  void ofTwoDecisionsAtOnceOneIsTakenAndTheOtherRefused() {
    world.breakDown("DeleteDatabaseResource", FailureType.KUBERNETES_REFUSED);
    CountDownLatch next = world.hold("DeleteSecret");
    ParkedWorkflow workflow = provisionInVain();
    workflow.awaitParked("DeleteDatabaseResource");

    List<FailureType> refused =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> refusal(workflow)))
            .limit(4)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .flatMap(List::stream)
            .toList();

    assertThat(refused)
        .containsExactly(
            FailureType.NOT_POSSIBLE_NOW,
            FailureType.NOT_POSSIBLE_NOW,
            FailureType.NOT_POSSIBLE_NOW);
    next.countDown();
    assertEndsWith(workflow, FailureType.NAME_TAKEN);
    assertThat(world.journal).extracting("action").containsOnlyOnce("Decide");
  }

  @Test
  void aDecisionBetweenTwoParkingsIsRefusedAndNotKeptForTheNext() {
    world.breakDown("DeleteDatabaseResource", FailureType.KUBERNETES_REFUSED);
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    CountDownLatch next = world.hold("DeleteSecret");
    ParkedWorkflow workflow = provisionInVain();
    workflow.awaitParked("DeleteDatabaseResource");
    workflow.decide(Choice.SKIP);
    await().until(() -> world.calls.contains("DeleteSecret"));

    workflow.assertRefused(decision(Choice.ABANDON), FailureType.NOT_POSSIBLE_NOW);
    next.countDown();

    workflow.awaitParked("DeleteSecret");
    workflow.assertRefused(
        new Decision(Choice.SKIP, "DeleteDatabaseResource", "late", "ada", null),
        FailureType.NOT_POSSIBLE_NOW);
    world.mend("DeleteSecret");
    workflow.decide(new Decision(Choice.RETRY, "DeleteSecret", null, "ada", null));
    assertEndsWith(workflow, FailureType.NAME_TAKEN);
  }

  @Test
  void aDecisionThatIsNotOneIsRefusedAndHarmsNothing() {
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = provisionInVain();
    workflow.awaitParked("DeleteSecret");

    workflow.assertRefused(new Decision(Choice.SKIP, null, " ", "ada", null), FailureType.INVALID);
    workflow.assertRefused(
        new Decision(Choice.ABANDON, null, null, "ada", null), FailureType.INVALID);
    workflow.assertRefused(Map.of(), FailureType.INVALID);
    assertThatThrownBy(
            () -> workflow.run().update(Decisions.DECIDE, void.class, Map.of("decision", "drop")))
        .isNotNull();

    world.mend("DeleteSecret");
    workflow.run().update(Decisions.DECIDE, void.class, Map.of("decision", "retry"));
    assertEndsWith(workflow, FailureType.NAME_TAKEN);
  }

  @Test
  void whileNothingIsParkedThereIsNothingToDecide() {
    CountDownLatch first = world.hold("CreateSecret");
    ParkedWorkflow workflow = provision();

    workflow.assertRefused(decision(Choice.RETRY), FailureType.NOT_POSSIBLE_NOW);

    first.countDown();
    workflow.run().getResult(Database.class);
  }

  @Test
  void cancellingWhatIsParkedDoesNotLoseTheParking() throws Exception {
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = provisionInVain();
    workflow.awaitParked("DeleteSecret");

    workflow.run().cancel("changed my mind");
    temporal.sleep(Duration.ofHours(1));
    workflow.awaitParked("DeleteSecret");
    world.mend("DeleteSecret");
    workflow.decide(Choice.RETRY);

    assertThatThrownBy(() -> workflow.run().getResult(Database.class)).isNotNull();
    assertThat(world.isEmptyOf(id)).isTrue();
    workflow.assertNotParked();
    record("ProvisionDatabase-parked-cancelled", workflow.run());
  }

  @Test
  void aCancelledProvisioningThatCannotBeUndoneParksToo() throws Exception {
    CountDownLatch node = world.hold("CreateInventoryNode");
    world.breakDown("DeleteSecret", FailureType.KUBERNETES_REFUSED);
    ParkedWorkflow workflow = provision();
    await().until(() -> world.calls.contains("CreateInventoryNode"));
    cancel(workflow.run(), "changed my mind");
    node.countDown();
    workflow.awaitParked("DeleteSecret");

    workflow.decide(Choice.ABANDON);

    assertThatThrownBy(() -> workflow.run().getResult(Database.class)).isNotNull();
    assertThat(world.leftovers).hasSize(1);
    workflow.assertNotParked();
    record("ProvisionDatabase-cancelled-parked-abandon", workflow.run());
  }

  private List<FailureType> refusal(ParkedWorkflow workflow) {
    try {
      workflow.decide(Choice.SKIP);
      return List.of();
    } catch (RuntimeException refused) {
      return List.of(Failures.typeOf(refused));
    }
  }

  private static Decision decision(Choice choice) {
    return new Decision(choice, null, "because", "ada", null);
  }

  private static void assertEndsWith(ParkedWorkflow workflow, FailureType type) {
    assertThatThrownBy(() -> workflow.run().getResult(Database.class))
        .satisfies(failure -> assertThat(Failures.typeOf(failure)).isEqualTo(type));
  }

  /** Everything is made but the node, whose name is taken; so all of it is undone. */
  private ParkedWorkflow provisionInVain() {
    world.failNext("CreateInventoryNode", FailureType.NAME_TAKEN, false);
    return provision();
  }

  private ParkedWorkflow provision() {
    ProvisionDatabase workflow = stub(ProvisionDatabase.class, WorkflowIds.database(id));
    WorkflowClient.start(workflow::provision, Samples.request(id));
    return new ParkedWorkflow(WorkflowStub.fromTyped(workflow));
  }
}
