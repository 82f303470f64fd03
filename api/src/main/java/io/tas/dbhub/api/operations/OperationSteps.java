package io.tas.dbhub.api.operations;

import com.google.protobuf.Timestamp;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the steps of an operation out of its history and its pending activities: every activity is
 * a step, and so is every workflow that it starts.
 */
public final class OperationSteps {
  private static final String UNDOES = "Delete";

  /** How the summary of a compensation begins, whatever the activity is called. */
  private static final String UNDO = "Undo";

  private final Map<Long, Draft> steps = new LinkedHashMap<>();
  private final Map<String, PendingActivityInfo> pending = new HashMap<>();
  private final boolean takesAway;

  private OperationSteps(String operationType, List<PendingActivityInfo> pending) {
    this.takesAway = operationType.equals(DeprovisionDatabase.NAME);
    pending.forEach(activity -> this.pending.put(activity.getActivityId(), activity));
  }

  /**
   * @param operationType the workflow's type: what deletes is a compensation but where deleting is
   *     what was asked for
   * @return in the order in which they were scheduled
   */
  public static List<Step> of(
      String operationType, List<HistoryEvent> history, List<PendingActivityInfo> pending) {
    OperationSteps steps = new OperationSteps(operationType, pending);
    history.forEach(steps::take);
    return steps.steps();
  }

  private void take(HistoryEvent event) {
    switch (event.getEventType()) {
      case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> {
        var scheduled = event.getActivityTaskScheduledEventAttributes();
        Draft step = new Draft(scheduled.getActivityType().getName());
        step.activityId = scheduled.getActivityId();
        step.undoes = saysUndo(event) || (!takesAway && step.name.startsWith(UNDOES));
        steps.put(event.getEventId(), step);
      }
      case EVENT_TYPE_ACTIVITY_TASK_STARTED -> {
        var started = event.getActivityTaskStartedEventAttributes();
        Draft step = step(started.getScheduledEventId());
        step.state = Step.State.RUNNING;
        step.startedAt = time(event.getEventTime());
        step.attempts = started.getAttempt();
        if (started.hasLastFailure()) {
          step.lastError = StepErrors.of(started.getLastFailure());
        }
      }
      case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
          end(
              event,
              event.getActivityTaskCompletedEventAttributes().getScheduledEventId(),
              Step.State.DONE,
              null);
      case EVENT_TYPE_ACTIVITY_TASK_FAILED -> {
        var failed = event.getActivityTaskFailedEventAttributes();
        end(event, failed.getScheduledEventId(), Step.State.FAILED, failed.getFailure());
      }
      case EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT -> {
        var failed = event.getActivityTaskTimedOutEventAttributes();
        end(event, failed.getScheduledEventId(), Step.State.FAILED, failed.getFailure());
      }
      case EVENT_TYPE_ACTIVITY_TASK_CANCELED ->
          end(
              event,
              event.getActivityTaskCanceledEventAttributes().getScheduledEventId(),
              Step.State.FAILED,
              CANCELED);
      case EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED -> {
        var initiated = event.getStartChildWorkflowExecutionInitiatedEventAttributes();
        Draft step = new Draft("Start" + initiated.getWorkflowType().getName());
        step.state = Step.State.RUNNING;
        step.attempts = 1;
        step.startedAt = time(event.getEventTime());
        steps.put(event.getEventId(), step);
      }
      case EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED ->
          end(
              event,
              event.getChildWorkflowExecutionStartedEventAttributes().getInitiatedEventId(),
              Step.State.DONE,
              null);
      case EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED ->
          // It runs already: what the step is for is done.
          end(
              event,
              event.getStartChildWorkflowExecutionFailedEventAttributes().getInitiatedEventId(),
              Step.State.DONE,
              null);
      case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
          EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
          EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
          EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
          EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT ->
          steps.values().stream()
              .filter(step -> step.endedAt == null)
              .forEach(step -> step.end(Step.State.FAILED, time(event.getEventTime())));
      default -> {}
    }
  }

  private static final Failure CANCELED =
      Failure.newBuilder()
          .setCanceledFailureInfo(
              io.temporal.api.failure.v1.CanceledFailureInfo.getDefaultInstance())
          .build();

  private void end(
      HistoryEvent event, long scheduledEventId, Step.State state, @Nullable Failure failure) {
    Draft step = step(scheduledEventId);
    step.end(state, time(event.getEventTime()));
    step.attempts = Math.max(1, step.attempts);
    if (failure != null) {
      step.lastError = StepErrors.of(failure);
    }
  }

  private static boolean saysUndo(HistoryEvent event) {
    if (!event.getUserMetadata().hasSummary()) {
      return false;
    }
    try {
      return String.valueOf(
              DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
                  event.getUserMetadata().getSummary(), String.class, String.class))
          .startsWith(UNDO);
    } catch (DataConverterException notOurs) {
      return false;
    }
  }

  private Draft step(long scheduledEventId) {
    return steps.computeIfAbsent(scheduledEventId, id -> new Draft(""));
  }

  private List<Step> steps() {
    List<Step> result = new ArrayList<>();
    for (Draft step : steps.values()) {
      PendingActivityInfo activity = pending.get(step.activityId);
      if (activity != null && step.endedAt == null) {
        step.goesOn(activity);
      }
      result.add(
          new Step(
              step.name,
              step.state,
              step.attempts,
              step.lastError,
              step.startedAt,
              step.endedAt,
              step.undoes));
    }
    return result;
  }

  private static Instant time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /** A step while its history is read. */
  private static final class Draft {
    private final String name;
    private String activityId = "";
    private boolean undoes;
    private Step.State state = Step.State.PENDING;
    private int attempts;
    private Step.@Nullable StepError lastError;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;

    Draft(String name) {
      this.name = name;
    }

    void end(Step.State state, Instant at) {
      this.state = state;
      this.endedAt = at;
    }

    /** The history learns of an activity's attempts only when it ends. */
    void goesOn(PendingActivityInfo activity) {
      if (activity.hasLastStartedTime()) {
        startedAt = time(activity.getLastStartedTime());
      }
      if (activity.hasLastFailure()) {
        lastError = StepErrors.of(activity.getLastFailure());
      }
      boolean underway =
          switch (activity.getState()) {
            case PENDING_ACTIVITY_STATE_STARTED, PENDING_ACTIVITY_STATE_CANCEL_REQUESTED -> true;
            default -> false;
          };
      if (activity.getAttempt() > 1) {
        state = Step.State.RETRYING;
      } else {
        state = underway ? Step.State.RUNNING : Step.State.PENDING;
      }
      // The attempt that is only scheduled has not begun.
      attempts = underway ? activity.getAttempt() : activity.getAttempt() - 1;
    }
  }
}
