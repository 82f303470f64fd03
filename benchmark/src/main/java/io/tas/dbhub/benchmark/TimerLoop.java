package io.tas.dbhub.benchmark;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.time.Duration;
import java.util.function.Consumer;

/** Sleeps and begins again: the least that looking after something durably costs. */
@WorkflowInterface
public interface TimerLoop {
  @WorkflowMethod
  void loop(long intervalMillis);

  /** Tells of each time it woke. */
  final class Impl implements TimerLoop {
    private final Consumer<String> woke;

    Impl(Consumer<String> woke) {
      this.woke = woke;
    }

    @Override
    public void loop(long intervalMillis) {
      while (!Workflow.getInfo().isContinueAsNewSuggested()) {
        // As a monitor's pauses: those that began together do not wake together.
        double spread = 0.9 + 0.2 * Workflow.newRandom().nextDouble();
        Workflow.sleep(Duration.ofMillis(Math.round(intervalMillis * spread)));
        if (!WorkflowUnsafe.isReplaying()) {
          woke.accept(Workflow.getInfo().getWorkflowId());
        }
      }
      Workflow.continueAsNew(intervalMillis);
    }
  }
}
