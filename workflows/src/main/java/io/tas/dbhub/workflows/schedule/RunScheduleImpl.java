package io.tas.dbhub.workflows.schedule;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schedule.ItemResult;
import io.tas.dbhub.core.schedule.PauseSchedule;
import io.tas.dbhub.core.schedule.QueryItem;
import io.tas.dbhub.core.schedule.RunProgress;
import io.tas.dbhub.core.schedule.RunReport;
import io.tas.dbhub.core.schedule.RunRequest;
import io.tas.dbhub.core.schedule.RunSchedule;
import io.tas.dbhub.core.schedule.ScheduledItem;
import io.tas.dbhub.core.schedule.ScheduledQueries;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.core.schedule.ScheduledWork;
import io.tas.dbhub.core.schedule.TargetPage;
import io.tas.dbhub.core.schedule.TargetQuery;
import io.tas.dbhub.core.schedule.Webhook;
import io.tas.dbhub.core.schedule.WebhookOrder;
import io.tas.dbhub.core.schedule.Webhooks;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.temporal.common.VersioningBehavior;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A page of databases, some at a time; then the next page in a run of its own. */
public final class RunScheduleImpl implements RunSchedule {
  /** Databases that a run works on at a time: one schedule leaves room for others. */
  private static final int TOGETHER = 8;

  private final RunRequest request;
  private final RunTally tally;
  private final ScheduledWork look =
      Workflow.newActivityStub(ScheduledWork.class, ActivityOptionSets.schedules("Databases"));
  private final ScheduledWork work;
  private final ScheduledQueries queries =
      Workflow.newActivityStub(ScheduledQueries.class, ActivityOptionSets.query("Query"));
  private final Webhooks webhooks =
      Workflow.newActivityStub(Webhooks.class, ActivityOptionSets.webhook("Webhook"));

  @WorkflowInit
  public RunScheduleImpl(RunRequest request) {
    this.request = request;
    RunProgress progress = request.progress();
    tally = new RunTally(progress == null ? begun() : progress.report());
    work =
        Workflow.newActivityStub(
            ScheduledWork.class,
            ActivityOptionSets.scheduled(request.definition().kind().wireName()));
  }

  private static RunReport begun() {
    WorkflowInfo info = Workflow.getInfo();
    return RunReport.begun(
        WorkflowIds.operation(info.getWorkflowId(), info.getFirstExecutionRunId()),
        Instant.ofEpochMilli(Workflow.currentTimeMillis()));
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public RunReport run(RunRequest ignored) {
    TargetPage page = look.find(query());
    tally.gone(page.gone());
    try {
      workThrough(page);
    } finally {
      // What was done is told of a run that somebody cancelled, too.
      tell();
    }
    if (!page.cursor().isEmpty()) {
      Workflow.continueAsNew(request.carrying(new RunProgress(page.cursor(), tally.report())));
    }
    if (page.gone() > 0 && page.databaseIds().isEmpty()) {
      look.pause(
          new PauseSchedule(
              request.scheduleId(), "Paused by itself: none of its databases is there any more."));
    }
    return ended(tally.report());
  }

  private TargetQuery query() {
    RunProgress progress = request.progress();
    return new TargetQuery(
        request.scope(),
        request.definition().target(),
        request.standing(),
        progress == null ? "" : progress.cursor());
  }

  private void workThrough(TargetPage page) {
    Iterator<String> databases = page.databaseIds().iterator();
    List<Promise<Void>> lanes = new ArrayList<>();
    for (int i = 0; i < Math.min(TOGETHER, page.databaseIds().size()); i++) {
      lanes.add(Async.procedure(() -> workThrough(databases)));
    }
    Promise.allOf(lanes).get();
  }

  private void workThrough(Iterator<String> databases) {
    while (databases.hasNext()) {
      String id = databases.next();
      try {
        tally.count(id, done(new DatabaseRef(id, request.scope())));
      } catch (ActivityFailure failure) {
        FailureType type = Failures.typeOf(failure);
        if (type == FailureType.CANCELLED) {
          throw failure;
        }
        tally.failed(id, type);
      }
    }
  }

  private ItemResult done(DatabaseRef database) {
    ScheduledQuery query = request.definition().query();
    if (query == null) {
      return work.begin(
          new ScheduledItem(
              database,
              request.definition().kind(),
              request.definition().name(),
              request.standing()));
    }
    ItemResult result =
        queries.run(
            // Who runs it needs not know whom to tell.
            new QueryItem(
                request.scheduleId(),
                tally.runId(),
                database,
                query.telling(null),
                request.standing()));
    tell(database, query, result);
    return result;
  }

  /** Whether they take it changes nothing in what the run came to. */
  private void tell(DatabaseRef database, ScheduledQuery query, ItemResult result) {
    String resultId = result.resultId();
    Webhook webhook = query.webhook();
    if (resultId == null || webhook == null) {
      return;
    }
    try {
      webhooks.tell(
          new WebhookOrder(
              request.scheduleId(), request.definition().name(), database, resultId, webhook));
    } catch (ActivityFailure failure) {
      if (Failures.typeOf(failure) == FailureType.CANCELLED) {
        throw failure;
      }
    }
  }

  private void tell() {
    RunReport report = tally.report();
    Workflow.upsertMemo(Map.of(Memos.RUN, report));
    Workflow.setCurrentDetails(
        "%d databases: %d done, %d changed, %d failed, %d skipped, %d need attention, %d under way."
            .formatted(
                report.matched(),
                report.done(),
                report.changed(),
                report.failed(),
                report.skipped(),
                report.attention(),
                report.underway()));
  }

  /** A run that fails is what a schedule may be told to pause after. */
  private static RunReport ended(RunReport report) {
    if (report.failed() > 0) {
      throw Failures.of(
          FailureType.TARGET_FAILED,
          "%d of %d databases failed.".formatted(report.failed(), report.matched()),
          report);
    }
    return report;
  }
}
