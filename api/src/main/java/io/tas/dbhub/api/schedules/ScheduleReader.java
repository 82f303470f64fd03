package io.tas.dbhub.api.schedules;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.api.operations.OperationStatus;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schedule.RunReport;
import io.tas.dbhub.core.schedule.ScheduleKind;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.temporal.api.schedule.v1.ScheduleListEntry;
import io.temporal.api.schedule.v1.ScheduleListInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListSchedulesResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.converter.DataConverter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows schedules and their runs. Of databases that the reader does not see it shows nothing. */
final class ScheduleReader {
  private static final int RUNS_SHOWN = 10;
  private static final SearchAttributeKey<OffsetDateTime> DUE =
      SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

  private final ScheduleStore store;
  private final DatabaseInventory inventory;
  private final DataConverter converter;

  ScheduleReader(ScheduleStore store, DatabaseInventory inventory, DataConverter converter) {
    this.store = store;
    this.inventory = inventory;
    this.converter = converter;
  }

  /**
   * @throws ProblemException NotFound, also for another space's
   */
  StoredSchedule get(Caller caller, String id) {
    return Optional.of(id)
        .filter(Uuids::valid)
        .flatMap(valid -> store.find(caller.scope(), valid))
        .orElseThrow(ScheduleReader::unknown);
  }

  static ProblemException unknown() {
    return new ProblemException(FailureType.NOT_FOUND, "There is no such schedule.");
  }

  ScheduleView view(Caller caller, StoredSchedule schedule) {
    List<WorkflowExecutionMetadata> runs =
        metadata(store.runs(schedule, RUNS_SHOWN, ByteString.EMPTY));
    Set<String> seen =
        seen(
            caller,
            Stream.concat(
                schedule.request().definition().target().databaseIds().stream(), found(runs)));
    return ScheduleView.of(
        schedule, seen, runs.stream().map(run -> view(schedule, run, seen)).toList());
  }

  ScheduleRunListView runs(
      Caller caller, StoredSchedule schedule, int pageSize, @Nullable String cursor) {
    ListWorkflowExecutionsResponse page =
        Parameters.page(() -> store.runs(schedule, pageSize, token(cursor)));
    List<WorkflowExecutionMetadata> runs = metadata(page);
    Set<String> seen = seen(caller, found(runs));
    return new ScheduleRunListView(
        runs.stream().map(run -> view(schedule, run, seen)).toList(),
        cursor(page.getNextPageToken()));
  }

  ScheduleListView list(Caller caller, int pageSize, @Nullable String cursor) {
    ListSchedulesResponse page =
        Parameters.page(() -> store.list(caller.scope(), pageSize, token(cursor)));
    return new ScheduleListView(
        page.getSchedulesList().stream().flatMap(entry -> entry(entry).stream()).toList(),
        cursor(page.getNextPageToken()));
  }

  private Optional<ScheduleListView.Entry> entry(ScheduleListEntry entry) {
    Optional<ScheduleKind> kind =
        ScheduleKind.fromWireName(store.memo(entry.getMemo(), Memos.SCHEDULE_KIND));
    Optional<String> id = WorkflowIds.scheduleOf(entry.getScheduleId());
    if (kind.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    ScheduleListInfo info = entry.getInfo();
    int actions = info.getRecentActionsCount();
    return Optional.of(
        new ScheduleListView.Entry(
            id.get(),
            store.memo(entry.getMemo(), Memos.SCHEDULE_NAME),
            kind.get(),
            store.memo(entry.getMemo(), Memos.REQUESTED_BY),
            info.getPaused(),
            info.getNotes(),
            time(info.getFutureActionTimesCount() == 0 ? null : info.getFutureActionTimes(0)),
            time(actions == 0 ? null : info.getRecentActions(actions - 1).getActualTime())));
  }

  private static @Nullable Instant time(@Nullable Timestamp time) {
    return time == null ? null : ScheduleProtos.instant(time);
  }

  private List<WorkflowExecutionMetadata> metadata(ListWorkflowExecutionsResponse page) {
    return page.getExecutionsList().stream().map(this::metadata).toList();
  }

  private WorkflowExecutionMetadata metadata(WorkflowExecutionInfo info) {
    return new WorkflowExecutionMetadata(info, converter);
  }

  private static Stream<String> found(List<WorkflowExecutionMetadata> runs) {
    return runs.stream()
        .flatMap(run -> report(run).stream())
        .flatMap(report -> report.findings().stream())
        .map(RunReport.Finding::databaseId);
  }

  private static Optional<RunReport> report(WorkflowExecutionMetadata run) {
    return Optional.ofNullable((RunReport) run.getMemo(Memos.RUN, RunReport.class));
  }

  private static ScheduleRunView view(
      StoredSchedule schedule, WorkflowExecutionMetadata run, Set<String> seen) {
    OffsetDateTime due = run.getTypedSearchAttributes().get(DUE);
    Optional<RunReport> report = report(run);
    String id =
        report
            .map(RunReport::runId)
            .orElseGet(
                () ->
                    WorkflowIds.operation(
                        run.getExecution().getWorkflowId(), run.getExecution().getRunId()));
    return new ScheduleRunView(
        id,
        OperationStatus.of(run.getStatus()),
        due == null ? null : due.toInstant(),
        report.map(RunReport::startedAt).orElseGet(run::getStartTime),
        run.getWorkflowExecutionInfo().hasCloseTime() ? run.getCloseTime() : null,
        report.map(found -> ScheduleRunView.Report.of(found, seen)).orElse(null),
        schedule.request().definition().query() == null
            ? null
            : ScheduleResultView.address(schedule.id())
                + "?run_id="
                + URLEncoder.encode(id, StandardCharsets.UTF_8));
  }

  /** Those of the databases that exist for the caller. */
  private Set<String> seen(Caller caller, Stream<String> databaseIds) {
    List<String> ids = databaseIds.distinct().toList();
    return ids.isEmpty()
        ? Set.of()
        : inventory.find(caller.scope(), ids).stream()
            .filter(database -> Permissions.level(caller, database).isPresent())
            .map(Database::id)
            .collect(Collectors.toSet());
  }

  private static ByteString token(@Nullable String cursor) {
    return cursor == null
        ? ByteString.EMPTY
        : ByteString.copyFrom(Base64.getUrlDecoder().decode(cursor));
  }

  private static @Nullable String cursor(ByteString token) {
    return token.isEmpty()
        ? null
        : Base64.getUrlEncoder().withoutPadding().encodeToString(token.toByteArray());
  }
}
