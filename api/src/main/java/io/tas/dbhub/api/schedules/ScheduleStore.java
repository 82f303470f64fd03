package io.tas.dbhub.api.schedules;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schedule.RunRequest;
import io.temporal.api.common.v1.Memo;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.schedule.v1.BackfillRequest;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.SchedulePatch;
import io.temporal.api.schedule.v1.ScheduleState;
import io.temporal.api.workflowservice.v1.CreateScheduleRequest;
import io.temporal.api.workflowservice.v1.DeleteScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.ListScheduleMatchingTimesRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.PatchScheduleRequest;
import io.temporal.api.workflowservice.v1.UpdateScheduleRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Schedules in Temporal, which is their only store. Every look-up names the scope: what is another
 * one's is not found. Thread-safe.
 *
 * <p>By the service itself and not by the SDK's client, which neither pages nor lets a change
 * depend on what was read. Methods throw {@link ProblemException} {@code TemporalUnavailable}.
 */
final class ScheduleStore {
  /** How servers answer a page token that is none of theirs. */
  private static final Set<Status.Code> FOREIGN_TOKEN =
      EnumSet.of(Status.Code.INVALID_ARGUMENT, Status.Code.INTERNAL, Status.Code.UNKNOWN);

  private final TemporalGateway temporal;
  private final Duration within;
  private final ScheduleProtos protos;

  ScheduleStore(TemporalGateway temporal, Duration within) {
    this.temporal = temporal;
    this.within = within;
    this.protos = new ScheduleProtos(temporal.client().getOptions().getDataConverter());
  }

  ScheduleProtos protos() {
    return protos;
  }

  /**
   * @param createdBy the subject who makes it
   * @return false when there is one of this id
   */
  boolean create(RunRequest request, boolean paused, String note, String createdBy) {
    Schedule schedule =
        protos.schedule(
            request, ScheduleState.newBuilder().setPaused(paused).setNotes(note).build());
    Memo memo =
        Memo.newBuilder()
            .putFields(Memos.SCHEDULE_NAME, protos.payload(request.definition().name()))
            .putFields(Memos.SCHEDULE_KIND, protos.payload(request.definition().kind().wireName()))
            .putFields(Memos.REQUESTED_BY, protos.payload(createdBy))
            .putFields(Memos.REQUEST, protos.payload(request.change()))
            .build();
    try {
      call(
          () ->
              stub()
                  .createSchedule(
                      CreateScheduleRequest.newBuilder()
                          .setNamespace(namespace())
                          .setScheduleId(WorkflowIds.schedule(request.scheduleId()))
                          .setSchedule(schedule)
                          .setMemo(memo)
                          .setSearchAttributes(protos.about(request.scope()))
                          .setIdentity(createdBy)
                          // A call whose answer was lost is not taken for another's.
                          .setRequestId(request.change())
                          .build()));
      return true;
    } catch (WorkflowExecutionAlreadyStarted taken) {
      return false;
    }
  }

  Optional<StoredSchedule> find(Scope scope, String id) {
    try {
      DescribeScheduleResponse found =
          temporal.query(
              within,
              () ->
                  stub()
                      .describeSchedule(
                          DescribeScheduleRequest.newBuilder()
                              .setNamespace(namespace())
                              .setScheduleId(WorkflowIds.schedule(id))
                              .build()));
      return protos
          .request(found.getSchedule())
          .filter(request -> request.scope().equals(scope))
          .map(
              request ->
                  new StoredSchedule(
                      request,
                      memo(found.getMemo(), Memos.REQUESTED_BY),
                      memo(found.getMemo(), Memos.REQUEST),
                      found.getSchedule(),
                      found.getInfo(),
                      found.getConflictToken()));
    } catch (WorkflowNotFoundException none) {
      return Optional.empty();
    }
  }

  /** Takes effect only on what was read: whether it did, tells the request that is there then. */
  void update(StoredSchedule read, RunRequest request, ScheduleState state) {
    call(
        () ->
            stub()
                .updateSchedule(
                    UpdateScheduleRequest.newBuilder()
                        .setNamespace(namespace())
                        .setScheduleId(WorkflowIds.schedule(read.id()))
                        .setSchedule(protos.schedule(request, state))
                        .setConflictToken(read.token())
                        .setRequestId(request.change())
                        .build()));
  }

  void patch(StoredSchedule schedule, SchedulePatch patch) {
    call(
        () ->
            stub()
                .patchSchedule(
                    PatchScheduleRequest.newBuilder()
                        .setNamespace(namespace())
                        .setScheduleId(WorkflowIds.schedule(schedule.id()))
                        .setPatch(patch)
                        .setRequestId(UUID.randomUUID().toString())
                        .build()));
  }

  void delete(StoredSchedule schedule) {
    call(
        () ->
            stub()
                .deleteSchedule(
                    DeleteScheduleRequest.newBuilder()
                        .setNamespace(namespace())
                        .setScheduleId(WorkflowIds.schedule(schedule.id()))
                        .build()));
  }

  /** How many runs are due in a time that a backfill is meant for. */
  int due(StoredSchedule schedule, BackfillRequest range) {
    ListScheduleMatchingTimesRequest times =
        ListScheduleMatchingTimesRequest.newBuilder()
            .setNamespace(namespace())
            .setScheduleId(WorkflowIds.schedule(schedule.id()))
            .setStartTime(
                // Its start is not part of the time; that of a backfill is.
                ScheduleProtos.timestamp(
                    ScheduleProtos.instant(range.getStartTime()).minusMillis(1)))
            .setEndTime(range.getEndTime())
            .build();
    return there(
            () ->
                temporal.query(
                    within, () -> accepted(() -> stub().listScheduleMatchingTimes(times))))
        .getStartTimeCount();
  }

  /**
   * Those of a scope, as far as Temporal's visibility knows already.
   *
   * @throws IllegalArgumentException for a token of another list
   */
  ListSchedulesResponse list(Scope scope, int pageSize, ByteString token) {
    return page(
        token,
        () ->
            stub()
                .listSchedules(
                    ListSchedulesRequest.newBuilder()
                        .setNamespace(namespace())
                        .setMaximumPageSize(pageSize)
                        .setNextPageToken(token)
                        .setQuery(query(scope))
                        .build()));
  }

  /**
   * Runs of a schedule, as far as Temporal's visibility knows already; latest first.
   *
   * @throws IllegalArgumentException for a token of another list
   */
  ListWorkflowExecutionsResponse runs(StoredSchedule schedule, int pageSize, ByteString token) {
    return page(
        token,
        () ->
            stub()
                .listWorkflowExecutions(
                    ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(namespace())
                        .setPageSize(pageSize)
                        .setNextPageToken(token)
                        .setQuery(
                            query(schedule.request().scope())
                                + " AND TemporalScheduledById = '%s'"
                                    .formatted(WorkflowIds.schedule(schedule.id()))
                                + " AND ExecutionStatus != 'ContinuedAsNew'")
                        .build()));
  }

  String memo(Memo memo, String name) {
    return protos.text(memo.getFieldsOrDefault(name, Payload.getDefaultInstance()));
  }

  /** Neither id can hold a quote: see {@link Scope}. */
  private static String query(Scope scope) {
    return "%s = '%s' AND %s = '%s'"
        .formatted(
            SearchAttributes.TENANT.getName(),
            scope.tenantId(),
            SearchAttributes.SPACE.getName(),
            scope.spaceId());
  }

  private <T> T page(ByteString token, Supplier<T> list) {
    return temporal.within(
        within,
        () -> {
          try {
            return list.get();
          } catch (StatusRuntimeException refused) {
            if (!token.isEmpty() && FOREIGN_TOKEN.contains(refused.getStatus().getCode())) {
              throw new IllegalArgumentException("the token is not one of this list");
            }
            throw refused;
          }
        });
  }

  /** Changes one that was there a moment ago. */
  private <T> T call(Supplier<T> change) {
    return there(() -> temporal.within(within, () -> accepted(change)));
  }

  private static <T> T there(Supplier<T> calls) {
    try {
      return calls.get();
    } catch (WorkflowNotFoundException gone) {
      throw ScheduleReader.unknown();
    }
  }

  private static <T> T accepted(Supplier<T> change) {
    try {
      return change.get();
    } catch (StatusRuntimeException refused) {
      throw switch (refused.getStatus().getCode()) {
        case INVALID_ARGUMENT ->
            new ProblemException(FailureType.INVALID, "Temporal refuses a schedule of this kind.");
        case FAILED_PRECONDITION ->
            new ProblemException(
                FailureType.REVISION_CHANGED, "The schedule was changed since it was read.");
        default -> refused;
      };
    }
  }

  private WorkflowServiceBlockingStub stub() {
    return temporal.client().getWorkflowServiceStubs().blockingStub();
  }

  private String namespace() {
    WorkflowClient client = temporal.client();
    return client.getOptions().getNamespace();
  }

  /** The times of a range, both ends included. */
  static BackfillRequest.Builder range(Instant from, Instant to) {
    return BackfillRequest.newBuilder()
        .setStartTime(ScheduleProtos.timestamp(from))
        .setEndTime(ScheduleProtos.timestamp(to));
  }
}
