package io.tas.dbhub.api.schedules;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schedule.CalendarSyntax;
import io.tas.dbhub.core.schedule.CalendarTime;
import io.tas.dbhub.core.schedule.OverlapPolicy;
import io.tas.dbhub.core.schedule.RunRequest;
import io.tas.dbhub.core.schedule.RunSchedule;
import io.tas.dbhub.core.schedule.ScheduleDefinition;
import io.tas.dbhub.core.schedule.Timing;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.schedule.v1.CalendarSpec;
import io.temporal.api.schedule.v1.IntervalSpec;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.ScheduleAction;
import io.temporal.api.schedule.v1.SchedulePolicies;
import io.temporal.api.schedule.v1.ScheduleSpec;
import io.temporal.api.schedule.v1.ScheduleState;
import io.temporal.api.sdk.v1.UserMetadata;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflow.v1.NewWorkflowExecutionInfo;
import io.temporal.common.converter.DataConverter;
import java.time.Instant;
import java.util.Optional;

/** Schedules in Temporal's words. */
final class ScheduleProtos {
  private final DataConverter converter;

  ScheduleProtos(DataConverter converter) {
    this.converter = converter;
  }

  Schedule schedule(RunRequest request, ScheduleState state) {
    ScheduleDefinition definition = request.definition();
    return Schedule.newBuilder()
        .setSpec(spec(definition.timing()))
        .setAction(action(request))
        .setPolicies(
            SchedulePolicies.newBuilder()
                .setOverlapPolicy(overlap(definition.overlap()))
                .setCatchupWindow(seconds(definition.catchupWindowSeconds()))
                .setPauseOnFailure(definition.pauseOnFailure()))
        .setState(state)
        .build();
  }

  /** What a schedule gives to its runs; empty when it is none of ours. */
  Optional<RunRequest> request(Schedule schedule) {
    NewWorkflowExecutionInfo started = schedule.getAction().getStartWorkflow();
    return started.getWorkflowType().getName().equals(RunSchedule.NAME)
        ? Optional.ofNullable(
            converter.fromPayloads(
                0, Optional.of(started.getInput()), RunRequest.class, RunRequest.class))
        : Optional.empty();
  }

  /** The search attributes that schedules and their runs are listed by. */
  io.temporal.api.common.v1.SearchAttributes about(Scope scope) {
    return io.temporal.api.common.v1.SearchAttributes.newBuilder()
        .putIndexedFields(SearchAttributes.TENANT.getName(), payload(scope.tenantId()))
        .putIndexedFields(SearchAttributes.SPACE.getName(), payload(scope.spaceId()))
        .build();
  }

  Payload payload(String text) {
    return converter.toPayload(text).orElseThrow();
  }

  /** Empty where there is none, or one of another kind. */
  String text(Payload payload) {
    return payload.getData().isEmpty()
        ? ""
        : converter.fromPayload(payload, String.class, String.class);
  }

  private ScheduleAction action(RunRequest request) {
    return ScheduleAction.newBuilder()
        .setStartWorkflow(
            NewWorkflowExecutionInfo.newBuilder()
                .setWorkflowId(WorkflowIds.schedule(request.scheduleId()))
                .setWorkflowType(WorkflowType.newBuilder().setName(RunSchedule.NAME))
                .setTaskQueue(TaskQueue.newBuilder().setName(TaskQueues.WORKFLOWS))
                .setInput(converter.toPayloads(request).orElse(Payloads.getDefaultInstance()))
                .setSearchAttributes(about(request.scope()))
                .setUserMetadata(
                    UserMetadata.newBuilder()
                        .setSummary(payload("Run " + request.definition().name()))))
        .build();
  }

  private static ScheduleSpec spec(Timing timing) {
    ScheduleSpec.Builder spec =
        ScheduleSpec.newBuilder()
            .setTimezoneName(timing.timeZone())
            .setJitter(seconds(timing.jitterSeconds()));
    String cron = timing.cron();
    if (cron != null) {
      spec.addCalendar(calendar(CalendarSyntax.cron(cron).orElseThrow()));
    }
    Integer interval = timing.intervalSeconds();
    if (interval != null) {
      spec.addInterval(IntervalSpec.newBuilder().setInterval(seconds(interval)));
    }
    timing.calendar().forEach(time -> spec.addCalendar(calendar(time)));
    return spec.build();
  }

  private static CalendarSpec calendar(CalendarTime time) {
    return CalendarSpec.newBuilder()
        .setSecond("0")
        .setMinute(time.minute())
        .setHour(time.hour())
        .setDayOfMonth(time.dayOfMonth())
        .setMonth(time.month())
        .setDayOfWeek(time.dayOfWeek())
        .build();
  }

  private static ScheduleOverlapPolicy overlap(OverlapPolicy policy) {
    return switch (policy) {
      case SKIP -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP;
      case BUFFER_ONE -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE;
      case CANCEL_OTHER -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER;
      case TERMINATE_OTHER -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER;
      case ALLOW_ALL -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL;
    };
  }

  private static Duration seconds(int seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
