package io.tas.dbhub.activities.batch;

import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.temporal.common.converter.EncodedValues;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** An operation of any kind that does what a test says: by default it succeeds. */
final class ScriptedOperation implements DynamicWorkflow {
  /** What one does. */
  sealed interface Act {}

  record Fail(FailureType type, String message) implements Act {}

  /** Waits for a person, for ever. */
  record Park(String code, String message) implements Act {}

  private final @Nullable Act act;
  private final List<String> begun;

  /**
   * @param acts one for each that begins
   * @param begun told the kind of each
   */
  ScriptedOperation(Queue<Act> acts, List<String> begun) {
    this.act = acts.poll();
    this.begun = begun;
  }

  @Override
  public Object execute(EncodedValues request) {
    begun.add(Workflow.getInfo().getWorkflowType());
    if (act instanceof Fail fail) {
      throw Failures.of(fail.type(), fail.message());
    }
    if (act instanceof Park park) {
      Workflow.upsertMemo(
          Map.of(
              Memos.PARKED,
              new ParkedStep(
                  "AnyStep", park.code(), park.message(), List.of(), List.of(), Instant.EPOCH)));
      Workflow.upsertTypedSearchAttributes(SearchAttributes.ATTENTION.valueSet(true));
      Workflow.await(() -> false);
    }
    return "done";
  }
}
