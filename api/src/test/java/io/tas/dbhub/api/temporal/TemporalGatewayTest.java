package io.tas.dbhub.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.failure.TimeoutFailure;
import io.temporal.serviceclient.StatusUtils;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Temporal's failures become; nothing is called, so no server is there. */
final class TemporalGatewayTest {
  private static final WorkflowExecution EXECUTION =
      WorkflowExecution.newBuilder().setWorkflowId("test-1").setRunId("r").build();

  private final WorkflowServiceStubs stubs =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:1").build());
  private final ScheduledExecutorService deadlines = Executors.newScheduledThreadPool(1);
  private final TemporalGateway gateway =
      new TemporalGateway(WorkflowClient.newInstance(stubs), deadlines);

  @AfterEach
  void close() {
    stubs.shutdownNow();
    deadlines.shutdownNow();
  }

  @Test
  void aWorkflowWhoseTimeIsUpIsATimeout() {
    TimeoutFailure timeout = new TimeoutFailure("", null, TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE);

    assertThat(
            type(
                new WorkflowFailedException(
                    EXECUTION,
                    "TestConnection",
                    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
                    0,
                    RetryState.RETRY_STATE_TIMEOUT,
                    timeout)))
        .isEqualTo(FailureType.TIMEOUT);
  }

  @Test
  void aMissingNamespaceIsTemporalsFaultAndNoMissingWorkflow() {
    StatusRuntimeException refused =
        StatusUtils.newException(
            Status.NOT_FOUND.withDescription("no such namespace"),
            NamespaceNotFoundFailure.newBuilder().setNamespace("nope").build(),
            NamespaceNotFoundFailure.getDescriptor());

    assertThat(type(refused)).isEqualTo(FailureType.TEMPORAL_UNAVAILABLE);
    assertThat(type(new WorkflowNotFoundException(EXECUTION, "", refused)))
        .isEqualTo(FailureType.TEMPORAL_UNAVAILABLE);
  }

  @Test
  void aMissingRunIsJustMissing() {
    assertThat(thrownFor(Status.NOT_FOUND.asRuntimeException()))
        .isInstanceOf(WorkflowNotFoundException.class);
  }

  @Test
  void aQueryThatIsLostIsAskedAgain() {
    AtomicInteger asked = new AtomicInteger();

    String answer =
        gateway.query(
            Duration.ofSeconds(30),
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw Status.DEADLINE_EXCEEDED.asRuntimeException();
              }
              return "answer";
            });

    assertThat(answer).isEqualTo("answer");
    assertThat(asked).hasValue(2);
  }

  @Test
  void aQueryThatNobodyEverAnswersEndsWithItsTime() {
    AtomicInteger asked = new AtomicInteger();

    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                gateway.query(
                    Duration.ofMillis(200),
                    () -> {
                      asked.incrementAndGet();
                      throw afterItsTime();
                    }));

    assertThat(problem.type()).isEqualTo(FailureType.TEMPORAL_UNAVAILABLE);
    assertThat(asked.get()).isGreaterThan(1);
  }

  @Test
  void aQueryThatIsRefusedIsNotAskedAgain() {
    AtomicInteger asked = new AtomicInteger();

    Throwable thrown =
        catchThrowable(
            () ->
                gateway.query(
                    Duration.ofSeconds(30),
                    () -> {
                      asked.incrementAndGet();
                      throw Status.NOT_FOUND.asRuntimeException();
                    }));

    assertThat(thrown).isInstanceOf(WorkflowNotFoundException.class);
    assertThat(asked).hasValue(1);
  }

  /** What a call throws whose deadline has passed. */
  private static StatusRuntimeException afterItsTime() {
    CountDownLatch over = new CountDownLatch(1);
    Context.current().addListener(context -> over.countDown(), Runnable::run);
    try {
      assertThat(over.await(30, TimeUnit.SECONDS)).as("the call has a deadline").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Status.DEADLINE_EXCEEDED.asRuntimeException();
  }

  private FailureType type(RuntimeException thrown) {
    return catchThrowableOfType(ProblemException.class, () -> throwWithin(thrown)).type();
  }

  private Throwable thrownFor(RuntimeException thrown) {
    return catchThrowable(() -> throwWithin(thrown));
  }

  private void throwWithin(RuntimeException thrown) {
    gateway.within(
        Duration.ofSeconds(30),
        () -> {
          throw thrown;
        });
  }
}
