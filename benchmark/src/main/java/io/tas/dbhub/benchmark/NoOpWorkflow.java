package io.tas.dbhub.benchmark;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** Three activities that do nothing: the least that durable work in as many steps costs. */
@WorkflowInterface
public interface NoOpWorkflow {
  @WorkflowMethod
  String run(String argument);

  /** A step. */
  @ActivityInterface
  interface Step {
    String step(String argument);
  }

  /** One step after the other. */
  final class Impl implements NoOpWorkflow {
    private final Step step =
        Workflow.newActivityStub(
            Step.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(15)).build());

    @Override
    public String run(String argument) {
      return step.step(step.step(step.step(argument)));
    }
  }
}
