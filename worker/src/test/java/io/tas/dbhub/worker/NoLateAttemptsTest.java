package io.tas.dbhub.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step is given 60 seconds in all, and 15 for each attempt. */
class NoLateAttemptsTest {
  private static final String QUEUE = "steps";

  @ActivityInterface
  public interface Steps {
    void act();
  }

  @WorkflowInterface
  public interface Stepping {
    @WorkflowMethod
    void run(Duration pause);
  }

  public static final class SteppingImpl implements Stepping {
    @Override
    public void run(Duration pause) {
      Workflow.newActivityStub(
              Steps.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(QUEUE)
                  .setStartToCloseTimeout(Duration.ofSeconds(15))
                  .setScheduleToCloseTimeout(Duration.ofSeconds(60))
                  .setRetryOptions(
                      RetryOptions.newBuilder()
                          .setInitialInterval(pause)
                          .setBackoffCoefficient(1)
                          .build())
                  .build())
          .act();
    }
  }

  /** Counts how often it acted, and fails every time. */
  private static final class Failing implements Steps {
    private final AtomicInteger acted = new AtomicInteger();

    @Override
    public void act() {
      acted.incrementAndGet();
      throw Failures.of(FailureType.KUBERNETES_UNAVAILABLE, "planned for the test");
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 1", "40, 2"})
  void anAttemptThatHasLessTimeThanEachIsGivenDoesNothing(long pauseSeconds, int acts) {
    Failing steps = new Failing();
    try (TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new NoLateAttempts())
                        .build())
                .build())) {
      Worker worker = temporal.newWorker(QUEUE);
      worker.registerWorkflowImplementationTypes(SteppingImpl.class);
      worker.registerActivitiesImplementations(steps);
      temporal.start();
      Stepping workflow =
          temporal
              .getWorkflowClient()
              .newWorkflowStub(
                  Stepping.class, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());

      assertThatThrownBy(() -> workflow.run(Duration.ofSeconds(pauseSeconds)))
          .isInstanceOf(WorkflowFailedException.class);
      assertThat(steps.acted).hasValue(acts);
    }
  }
}
