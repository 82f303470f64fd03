package io.tas.dbhub.workflows.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schedule.ItemOutcome;
import io.tas.dbhub.core.schedule.ItemResult;
import io.tas.dbhub.core.schedule.OverlapPolicy;
import io.tas.dbhub.core.schedule.QueryItem;
import io.tas.dbhub.core.schedule.QueryParameter;
import io.tas.dbhub.core.schedule.RunReport;
import io.tas.dbhub.core.schedule.RunRequest;
import io.tas.dbhub.core.schedule.RunSchedule;
import io.tas.dbhub.core.schedule.ScheduleDefinition;
import io.tas.dbhub.core.schedule.ScheduleKind;
import io.tas.dbhub.core.schedule.ScheduleTarget;
import io.tas.dbhub.core.schedule.ScheduledItem;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.core.schedule.TargetPage;
import io.tas.dbhub.core.schedule.TargetQuery;
import io.tas.dbhub.core.schedule.Timing;
import io.tas.dbhub.core.schedule.Webhook;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.workflows.WorkflowTest;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunScheduleTest extends WorkflowTest {
  private final Scope scope = new Scope("tenant", "main");
  private final Standing standing =
      new Standing("ada", false, Set.of("user:ada"), AccessLevel.MANAGE);
  private final String id = UUID.randomUUID().toString();

  @Test
  void everyDatabaseOfEveryPageIsWorkedOnOnceAndCounted() throws IOException {
    scheduled.pages.put("", new TargetPage(List.of("a", "b", "c"), 0, "after c"));
    scheduled.pages.put("after c", new TargetPage(List.of("d", "e", "f"), 0, ""));
    scheduled.results.put("b", ItemResult.of(ItemOutcome.CHANGED));
    scheduled.results.put("c", new ItemResult(ItemOutcome.SKIPPED, "Inactive"));
    scheduled.results.put("d", ItemResult.of(ItemOutcome.ATTENTION));
    scheduled.results.put("e", ItemResult.of(ItemOutcome.UNDERWAY));
    WorkflowStub run = start(ScheduleTarget.everything());
    String first = run.getExecution().getRunId();

    RunReport report = run.getResult(RunReport.class);

    assertThat(report)
        .extracting(
            RunReport::matched,
            RunReport::done,
            RunReport::changed,
            RunReport::failed,
            RunReport::skipped,
            RunReport::attention,
            RunReport::underway)
        .containsExactly(6L, 2L, 1L, 0L, 1L, 1L, 1L);
    assertThat(report.findings())
        .containsExactly(new RunReport.Finding("d", ItemOutcome.ATTENTION, ""));
    assertThat(scheduled.items)
        .extracting(item -> item.database().id())
        .containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
    assertThat(memo(run)).as("what lists of runs show").isEqualTo(report);
    assertThat(run.getExecution().getRunId()).as("a run for each page").isEqualTo(first);
    assertThat(run.describe().getExecution().getRunId()).isNotEqualTo(first);
    assertThat(report.runId()).as("one name for all its pages").isEqualTo(of(run));
    record("RunSchedule-second-page", run);
  }

  @Test
  void whatIsLookedForAndDoneIsForWhomTheScheduleActs() {
    scheduled.pages.put("", new TargetPage(List.of("a"), 0, ""));

    start(ScheduleTarget.everything()).getResult(RunReport.class);

    assertThat(scheduled.queries)
        .containsExactly(new TargetQuery(scope, ScheduleTarget.everything(), standing, ""));
    assertThat(scheduled.items)
        .extracting(ScheduledItem::standing, ScheduledItem::kind)
        .containsExactly(tuple(standing, ScheduleKind.TEST));
  }

  @Test
  void aDatabaseThatFailsHoldsUpNoOtherAndMakesTheRunFail() throws IOException {
    scheduled.pages.put("", new TargetPage(List.of("a", "b", "c"), 0, ""));
    scheduled.results.put("a", new ItemResult(ItemOutcome.FAILED, "ConnectionFailed"));
    world.failNext("DoScheduled", FailureType.INVALID, false);
    WorkflowStub run = start(ScheduleTarget.everything());

    assertThatThrownBy(() -> run.getResult(RunReport.class))
        .isInstanceOf(WorkflowFailedException.class)
        .satisfies(
            thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.TARGET_FAILED));

    RunReport report = memo(run);
    assertThat(report.matched()).isEqualTo(3);
    assertThat(report.failed()).isBetween(1L, 2L);
    assertThat(report.findings()).extracting(RunReport.Finding::code).contains("Invalid");
    record("RunSchedule-failed", run);
  }

  @Test
  void onlySomeAreWorkedOnAtATime() {
    List<String> many = IntStream.range(0, 40).mapToObj(Integer::toString).toList();
    scheduled.pages.put("", new TargetPage(many, 0, ""));

    RunReport report = start(ScheduleTarget.everything()).getResult(RunReport.class);

    assertThat(report.done()).isEqualTo(40);
    assertThat(scheduled.together.get()).isBetween(1, 8);
  }

  @Test
  void aScheduleOfDatabasesThatAreAllGonePausesItself() {
    scheduled.pages.put("", new TargetPage(List.of(), 2, ""));

    RunReport report = start(ScheduleTarget.of(List.of("a", "b"))).getResult(RunReport.class);

    assertThat(report.skipped()).isEqualTo(2);
    assertThat(scheduled.paused)
        .singleElement()
        .satisfies(pause -> assertThat(pause.scheduleId()).isEqualTo(id));
  }

  @Test
  void aScheduleOfWhichOneDatabaseIsLeftGoesOn() {
    scheduled.pages.put("", new TargetPage(List.of("a"), 1, ""));

    RunReport report = start(ScheduleTarget.of(List.of("a", "b"))).getResult(RunReport.class);

    assertThat(report.matched()).isEqualTo(2);
    assertThat(scheduled.paused).isEmpty();
  }

  @Test
  void aSelectorThatFindsNothingIsNoReasonToPause() {
    assertThat(start(ScheduleTarget.everything()).getResult(RunReport.class).matched()).isZero();

    assertThat(scheduled.paused).isEmpty();
  }

  @Test
  void aRunThatIsCancelledSaysWhatItDid() throws IOException {
    scheduled.pages.put("", new TargetPage(List.of("a", "b"), 1, "more"));
    CountDownLatch held = world.hold("DoScheduled");
    WorkflowStub run = start(ScheduleTarget.everything());
    await().until(() -> scheduled.together.get() == 2);

    cancel(run, "no longer wanted");
    held.countDown();

    assertThatThrownBy(() -> run.getResult(RunReport.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(run.describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(memo(run).skipped()).isEqualTo(1);
    record("RunSchedule-cancelled", run);
  }

  @Test
  void noMoreFindingsAreToldThanAListCanShow() {
    List<String> many = IntStream.range(0, 30).mapToObj(Integer::toString).toList();
    scheduled.pages.put("", new TargetPage(many, 0, ""));
    many.forEach(
        database ->
            scheduled.results.put(
                database, new ItemResult(ItemOutcome.ATTENTION, "NotPossibleNow")));

    RunReport report = start(ScheduleTarget.everything()).getResult(RunReport.class);

    assertThat(report.attention()).isEqualTo(30);
    assertThat(report.findings()).hasSize(RunReport.MOST_FINDINGS);
  }

  @Test
  void aQueryIsAskedOfEachDatabaseForWhomTheScheduleActs() throws IOException {
    scheduled.pages.put("", new TargetPage(List.of("a", "b", "c"), 0, ""));
    scheduled.results.put("b", ItemResult.of(ItemOutcome.CHANGED));
    scheduled.results.put("c", new ItemResult(ItemOutcome.FAILED, "SqlRefused"));
    ScheduledQuery query =
        new ScheduledQuery(
            "SELECT ?", List.of(new QueryParameter("\"1970\"", true)), null, null, 10, null);

    WorkflowStub run = start(ScheduleKind.QUERY, ScheduleTarget.everything(), query);

    assertThatThrownBy(() -> run.getResult(RunReport.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(scheduled.items).isEmpty();
    assertThat(scheduled.asked)
        .containsExactlyInAnyOrder(
            new QueryItem(id, of(run), new DatabaseRef("a", scope), query, standing),
            new QueryItem(id, of(run), new DatabaseRef("b", scope), query, standing),
            new QueryItem(id, of(run), new DatabaseRef("c", scope), query, standing));
    assertThat(memo(run))
        .extracting(RunReport::done, RunReport::changed, RunReport::failed)
        .containsExactly(1L, 1L, 1L);
    record("RunSchedule-query", run);
  }

  @Test
  void aWebhookThatFailsDoesNotMakeTheRunFail() throws IOException {
    scheduled.pages.put("", new TargetPage(List.of("a", "b", "c"), 0, ""));
    scheduled.results.put("a", new ItemResult(ItemOutcome.DONE, "", "result-a"));
    scheduled.results.put("b", new ItemResult(ItemOutcome.DONE, "", "result-b"));
    scheduled.results.put("c", new ItemResult(ItemOutcome.SKIPPED, "Inactive"));
    world.failNext("NotifyWebhook", FailureType.INVALID, false);
    Webhook webhook = new Webhook("https://hooks", new SealedCredentials("sealed"));
    ScheduledQuery query = new ScheduledQuery("SELECT 1", List.of(), null, null, 10, webhook);
    WorkflowStub run = start(ScheduleKind.QUERY, ScheduleTarget.everything(), query);

    RunReport report = run.getResult(RunReport.class);

    assertThat(report.done()).isEqualTo(2);
    assertThat(scheduled.asked).allSatisfy(item -> assertThat(item.query().webhook()).isNull());
    assertThat(scheduled.told).hasSize(1);
    assertThat(scheduled.told.get(0).webhook()).isEqualTo(webhook);
    assertThat(scheduled.told.get(0).resultId()).startsWith("result-");
    record("RunSchedule-webhook", run);
  }

  /** How the run is known. */
  private static String of(WorkflowStub run) {
    return WorkflowIds.operation(run.getExecution().getWorkflowId(), run.getExecution().getRunId());
  }

  private static RunReport memo(WorkflowStub run) {
    return (RunReport) run.describe().getMemo(Memos.RUN, RunReport.class);
  }

  private WorkflowStub start(ScheduleTarget target) {
    return start(ScheduleKind.TEST, target, null);
  }

  private WorkflowStub start(
      ScheduleKind kind, ScheduleTarget target, @Nullable ScheduledQuery query) {
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            RunSchedule.NAME,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowId(WorkflowIds.schedule(id))
                .build());
    run.start(
        new RunRequest(
            id,
            scope,
            new ScheduleDefinition(
                "nightly",
                kind,
                target,
                Timing.every(3600, 0),
                OverlapPolicy.SKIP,
                3600,
                false,
                query),
            standing,
            "change",
            null));
    return run;
  }
}
