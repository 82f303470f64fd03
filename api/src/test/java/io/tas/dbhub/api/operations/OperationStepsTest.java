package io.tas.dbhub.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.api.history.v1.ActivityTaskCompletedEventAttributes;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.ActivityTaskStartedEventAttributes;
import io.temporal.api.history.v1.ActivityTaskTimedOutEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionTerminatedEventAttributes;
import io.temporal.api.sdk.v1.UserMetadata;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** States that the in-memory server cannot be brought to; the others are in OperationsTest. */
final class OperationStepsTest {
  private static final HistoryEvent SCHEDULED =
      event(5, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
          .setActivityTaskScheduledEventAttributes(
              ActivityTaskScheduledEventAttributes.newBuilder()
                  .setActivityId("a")
                  .setActivityType(ActivityType.newBuilder().setName("CreateSecret")))
          .build();

  @Test
  void aStepThatNoWorkerHasTakenYetIsPending() {
    Step step = only(pending(PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED, 1).build());

    assertThat(step.state()).isEqualTo(Step.State.PENDING);
    assertThat(step.attempts()).isZero();
    assertThat(step.startedAt()).isNull();
  }

  @Test
  void aStepThatFailedAndWaitsForItsNextAttemptIsRetrying() {
    Step step =
        only(
            pending(PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED, 3)
                .setLastStartedTime(Timestamp.newBuilder().setSeconds(9))
                .setLastFailure(failure("KubernetesUnavailable", "It does not answer."))
                .build());

    assertThat(step.state()).isEqualTo(Step.State.RETRYING);
    assertThat(step.attempts()).isEqualTo(2);
    assertThat(step.startedAt()).isEqualTo(Instant.ofEpochSecond(9));
    assertThat(step.lastError())
        .isEqualTo(new Step.StepError("KubernetesUnavailable", "It does not answer."));
  }

  @Test
  void aFailureWithoutATypeOfOursKeepsItsTextToItself() {
    Step step =
        only(
            pending(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED, 2)
                .setLastFailure(
                    failure("java.lang.IllegalStateException", "password=hunter2 at db"))
                .build());

    assertThat(step.attempts()).isEqualTo(2);
    assertThat(step.lastError()).isNotNull();
    assertThat(step.lastError().code()).isEqualTo("Internal");
    assertThat(step.lastError().message()).doesNotContain("hunter2");
  }

  @Test
  void aStepThatRanOutOfTimeHasFailedForTheReasonBeneath() {
    HistoryEvent timedOut =
        event(7, EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT)
            .setActivityTaskTimedOutEventAttributes(
                ActivityTaskTimedOutEventAttributes.newBuilder()
                    .setScheduledEventId(5)
                    .setFailure(
                        Failure.newBuilder()
                            .setTimeoutFailureInfo(TimeoutFailureInfo.getDefaultInstance())))
            .build();

    Step step =
        OperationSteps.of("ProvisionDatabase", List.of(SCHEDULED, timedOut), List.of()).get(0);

    assertThat(step.state()).isEqualTo(Step.State.FAILED);
    assertThat(step.endedAt()).isEqualTo(Instant.ofEpochSecond(7));
    assertThat(step.lastError()).isNotNull();
    assertThat(step.lastError().code()).isEqualTo("Timeout");
  }

  @Test
  void aStepThatSucceededInTheEndStillSaysWhatFailedBefore() {
    HistoryEvent started =
        event(6, EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED)
            .setActivityTaskStartedEventAttributes(
                ActivityTaskStartedEventAttributes.newBuilder()
                    .setScheduledEventId(5)
                    .setAttempt(2)
                    .setLastFailure(failure("KubernetesUnavailable", "It does not answer.")))
            .build();
    HistoryEvent completed =
        event(7, EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
            .setActivityTaskCompletedEventAttributes(
                ActivityTaskCompletedEventAttributes.newBuilder().setScheduledEventId(5))
            .build();

    assertThat(
            OperationSteps.of(
                "ProvisionDatabase", List.of(SCHEDULED, started, completed), List.of()))
        .containsExactly(
            new Step(
                "CreateSecret",
                Step.State.DONE,
                2,
                new Step.StepError("KubernetesUnavailable", "It does not answer."),
                Instant.ofEpochSecond(6),
                Instant.ofEpochSecond(7),
                false));
  }

  @Test
  void aStepWhoseSummarySaysSoIsACompensationWhateverItsName() {
    Payload undo = DefaultDataConverter.STANDARD_INSTANCE.toPayload("Undo: Secret").orElseThrow();
    HistoryEvent switched =
        event(4, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
            .setUserMetadata(UserMetadata.newBuilder().setSummary(undo))
            .setActivityTaskScheduledEventAttributes(
                ActivityTaskScheduledEventAttributes.newBuilder()
                    .setActivityType(ActivityType.newBuilder().setName("SwitchCredentials")))
            .build();

    assertThat(OperationSteps.of("UpdateDatabase", List.of(switched, SCHEDULED), List.of()))
        .extracting(Step::compensation)
        .first()
        .isEqualTo(true);
  }

  @Test
  void whatAnEndedOperationLeftOpenHasFailed() {
    HistoryEvent terminated =
        event(8, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED)
            .setWorkflowExecutionTerminatedEventAttributes(
                WorkflowExecutionTerminatedEventAttributes.getDefaultInstance())
            .build();

    assertThat(OperationSteps.of("ProvisionDatabase", List.of(SCHEDULED, terminated), List.of()))
        .extracting(Step::state)
        .containsExactly(Step.State.FAILED);
  }

  private static Step only(PendingActivityInfo pending) {
    List<Step> steps = OperationSteps.of("ProvisionDatabase", List.of(SCHEDULED), List.of(pending));
    assertThat(steps).hasSize(1);
    return steps.get(0);
  }

  private static PendingActivityInfo.Builder pending(PendingActivityState state, int attempt) {
    return PendingActivityInfo.newBuilder().setActivityId("a").setState(state).setAttempt(attempt);
  }

  private static Failure failure(String type, String message) {
    return Failure.newBuilder()
        .setMessage(message)
        .setApplicationFailureInfo(ApplicationFailureInfo.newBuilder().setType(type))
        .build();
  }

  private static HistoryEvent.Builder event(long id, EventType type) {
    return HistoryEvent.newBuilder()
        .setEventId(id)
        .setEventType(type)
        .setEventTime(Timestamp.newBuilder().setSeconds(id));
  }
}
