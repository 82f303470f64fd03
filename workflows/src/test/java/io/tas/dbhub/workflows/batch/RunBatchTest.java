package io.tas.dbhub.workflows.batch;

import static io.tas.dbhub.core.batch.BatchState.CANCELLED;
import static io.tas.dbhub.core.batch.BatchState.COMPLETED;
import static io.tas.dbhub.core.batch.BatchState.FAILED;
import static io.tas.dbhub.core.batch.BatchState.NEEDS_ATTENTION;
import static io.tas.dbhub.core.batch.BatchState.PAUSED;
import static io.tas.dbhub.core.batch.BatchState.RUNNING;
import static io.tas.dbhub.core.batch.BatchState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.BatchProgress;
import io.tas.dbhub.core.batch.BatchRequest;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.batch.RowTask;
import io.tas.dbhub.core.batch.RunBatch;
import io.tas.dbhub.core.batch.WaitingRows;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunBatchTest extends WorkflowTest {
  private final Scope scope = new Scope("tenant", "main");
  private final Standing standing =
      new Standing("ada", false, Set.of("user:ada"), AccessLevel.MANAGE);
  private final String id = UUID.randomUUID().toString();

  @Test
  void everyRowIsWorkedOnOnceForWhomTheBatchActs() {
    rows(250, "");
    LongStream.rangeClosed(1, 8).forEach(number -> batch.held.put(number, new CountDownLatch(1)));
    WorkflowStub run = start(new BatchLimits(8, 2, 0));
    await().until(() -> batch.begun.size() == 8);
    batch.held.values().forEach(CountDownLatch::countDown);

    assertThat(result(run)).isEqualTo(COMPLETED);

    assertThat(batch.begun)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 250).boxed().toList());
    assertThat(batch.tasks).contains(new RowTask(id, scope, 1, standing));
    assertThat(batch.told).containsExactly(RUNNING, COMPLETED);
    assertThat(batch.together.get()).isEqualTo(8);
  }

  @Test
  void aBatchWithoutRowsIsCompleted() {
    assertThat(result(start(BatchLimits.DEFAULT))).isEqualTo(COMPLETED);
  }

  @Test
  void neverTooManyForOneHostAndOthersGoOnMeanwhile() {
    for (long number = 1; number <= 400; number++) {
      row(number, number <= 350 ? "Slow" : "fast");
    }
    row(401, "slow");
    LongStream.rangeClosed(1, 2).forEach(number -> batch.held.put(number, new CountDownLatch(1)));
    WorkflowStub run = start(new BatchLimits(8, 2, 0));

    await().until(() -> LongStream.rangeClosed(351, 400).allMatch(batch.begun::contains));
    assertThat(batch.begun).hasSize(52);
    batch.held.values().forEach(CountDownLatch::countDown);

    assertThat(result(run)).isEqualTo(COMPLETED);
    assertThat(batch.togetherByHost.get("Slow")).isEqualTo(2);
    assertThat(batch.togetherByHost.get("fast")).isBetween(1, 2);
    assertThat(batch.begun).hasSize(401);
  }

  @Test
  void oneSlowRowHoldsUpNoOther() {
    rows(450, "");
    batch.held.put(1L, new CountDownLatch(1));
    WorkflowStub run = start(new BatchLimits(2, 2, 0));

    await().until(() -> batch.waiting.size() == 1);
    batch.held.get(1L).countDown();

    assertThat(result(run)).isEqualTo(COMPLETED);
  }

  @Test
  void noOtherRowBeginsAfterAsManyFailuresAsStopIt() throws IOException {
    rows(50, "");
    batch.results.put(2L, RowState.FAILED);
    batch.results.put(3L, RowState.FAILED);
    batch.held.put(1L, new CountDownLatch(1));
    WorkflowStub run = start(new BatchLimits(2, 1, 2));
    await().until(() -> !batch.waiting.containsKey(3L));

    batch.held.get(1L).countDown();

    assertThat(result(run)).isEqualTo(STOPPED);
    assertThat(batch.begun).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(batch.told).containsExactly(RUNNING, STOPPED);
    record("RunBatch-stopped", run);
  }

  @Test
  void whereAllRowsWereTriedNothingWasStopped() {
    rows(2, "");
    batch.results.put(1L, RowState.FAILED);
    batch.results.put(2L, RowState.FAILED);

    assertThat(result(start(new BatchLimits(2, 1, 2)))).isEqualTo(FAILED);
  }

  @Test
  void attentionCountsMoreThanFailure() throws IOException {
    rows(3, "");
    batch.results.put(1L, RowState.ATTENTION);
    batch.results.put(2L, RowState.FAILED);
    WorkflowStub run = start(BatchLimits.DEFAULT);

    assertThat(result(run)).isEqualTo(NEEDS_ATTENTION);
    record("RunBatch-attention", run);
  }

  @Test
  void aRowThatCannotBeWorkedOnIsWrittenDownAsFailed() throws IOException {
    rows(3, "");
    world.failNext("DoBatchRow", FailureType.UNSEALABLE, false);
    WorkflowStub run = start(new BatchLimits(1, 1, 0));

    assertThat(result(run)).isEqualTo(FAILED);

    assertThat(batch.givenUp)
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.task().number()).isEqualTo(1);
              assertThat(failure.code()).isEqualTo("Unsealable");
            });
    assertThat(batch.waiting).isEmpty();
    record("RunBatch-failed", run);
  }

  @Test
  void anOutageIsWaitedFor() {
    rows(3, "");
    for (String activity : List.of("FindBatchRows", "DoBatchRow", "TellBatch")) {
      world.failNext(activity, FailureType.JOURNAL_UNAVAILABLE, true);
    }

    assertThat(result(start(BatchLimits.DEFAULT))).isEqualTo(COMPLETED);
    assertThat(batch.waiting).isEmpty();
  }

  @Test
  void aBatchThatIsPausedBringsItsRowsToTheirEndAndGoesOnWhenItIsResumed() throws IOException {
    rows(20, "");
    batch.held.put(1L, new CountDownLatch(1));
    batch.held.put(2L, new CountDownLatch(1));
    WorkflowStub run = start(new BatchLimits(2, 1, 0));
    await().until(() -> batch.begun.size() == 2);

    run.signal("pause");
    await().until(() -> batch.told.contains(PAUSED));
    batch.held.values().forEach(CountDownLatch::countDown);
    await().until(() -> batch.waiting.size() == 18);
    assertThat(batch.begun).hasSize(2);
    run.signal("resume");

    assertThat(result(run)).isEqualTo(COMPLETED);
    assertThat(batch.told).containsExactly(RUNNING, PAUSED, RUNNING, COMPLETED);
    record("RunBatch-paused", run);
  }

  @Test
  void aBatchThatIsCancelledBringsItsRowsToTheirEnd() throws IOException {
    rows(20, "");
    batch.held.put(1L, new CountDownLatch(1));
    batch.held.put(2L, new CountDownLatch(1));
    WorkflowStub run = start(new BatchLimits(2, 1, 0));
    await().until(() -> batch.begun.size() == 2);

    run.cancel("no longer wanted");
    run.signal("resume");
    batch.held.values().forEach(CountDownLatch::countDown);

    assertCancelled(run);
    assertThat(batch.begun).hasSize(2);
    assertThat(batch.waiting).hasSize(18);
    assertThat(batch.told).containsExactly(RUNNING, CANCELLED);
    record("RunBatch-cancelled", run);
  }

  @Test
  void oneThatIsPausedCanBeCancelled() {
    rows(2, "");
    WorkflowStub run = start(BatchLimits.DEFAULT, new BatchProgress(0, 0, 0, 0, true));
    await().until(() -> batch.told.contains(PAUSED));

    run.cancel("no longer wanted");

    assertCancelled(run);
    assertThat(batch.begun).isEmpty();
    assertThat(batch.told).containsExactly(PAUSED, CANCELLED);
  }

  @Test
  void aBatchThatIsGoneEndsQuietly() {
    rows(3, "");
    world.failNext("TellBatch", FailureType.NOT_FOUND, false);

    assertThat(result(start(BatchLimits.DEFAULT))).isEqualTo(CANCELLED);
    assertThat(batch.begun).isEmpty();
    assertThat(batch.told).isEmpty();
  }

  @Test
  void manyRowsAreManyRunsThatCountTogether() {
    rows(1_700, "");
    batch.results.put(1L, RowState.FAILED);
    batch.results.put(2L, RowState.ATTENTION);
    WorkflowStub run = start(new BatchLimits(64, 1, 0));
    String first = run.getExecution().getRunId();

    assertThat(result(run)).isEqualTo(NEEDS_ATTENTION);

    assertThat(batch.begun).hasSize(1_700).doesNotHaveDuplicates();
    assertThat(run.describe().getExecution().getRunId()).isNotEqualTo(first);
    assertThat(batch.told).containsExactly(RUNNING, RUNNING, NEEDS_ATTENTION);
  }

  @Test
  void whatWasCountedBeforeCounts() throws IOException {
    rows(3, "");
    batch.results.put(1L, RowState.FAILED);

    WorkflowStub run = start(new BatchLimits(1, 1, 5), new BatchProgress(0, 7, 4, 0, false));

    assertThat(result(run)).isEqualTo(STOPPED);
    assertThat(batch.begun).containsExactly(1L);
    record("RunBatch-second-run", run);
  }

  private static void assertCancelled(WorkflowStub run) {
    assertThatThrownBy(() -> result(run))
        .isInstanceOf(WorkflowFailedException.class)
        .hasCauseInstanceOf(CanceledFailure.class);
  }

  private void rows(int number, String host) {
    LongStream.rangeClosed(1, number).forEach(each -> row(each, host));
  }

  private void row(long number, String host) {
    batch.waiting.put(number, new WaitingRows.Row(number, host));
  }

  private static BatchState result(WorkflowStub run) {
    return run.getResult(BatchState.class);
  }

  private WorkflowStub start(BatchLimits limits) {
    return start(limits, null);
  }

  private WorkflowStub start(BatchLimits limits, @Nullable BatchProgress progress) {
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            RunBatch.NAME,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowId(WorkflowIds.batch(id))
                .build());
    run.start(new BatchRequest(id, scope, 1, BatchKind.TEST, standing, limits, progress));
    return run;
  }
}
