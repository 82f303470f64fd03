package io.tas.dbhub.api;

import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.Decisions;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operation that waits for a decision from its beginning, and ends with it. */
@WorkflowInterface
public interface ParkedOperation {
  String NAME = "ParkedOperation";

  /** Answers what was decided, by whom and from where. */
  @WorkflowMethod(name = NAME)
  String run(String step);

  /** Parks, and is decided about, as the real ones. */
  final class Impl implements ParkedOperation, Decisions {
    private final String step;
    private @Nullable Decision decision;

    @WorkflowInit
    public Impl(String step) {
      this.step = step;
    }

    @Override
    public String run(String parked) {
      Workflow.upsertMemo(
          Map.of(
              Memos.PARKED,
              new ParkedStep(
                  step,
                  "KubernetesRefused",
                  "A webhook refused it.",
                  List.of("a Secret"),
                  List.of(Choice.RETRY, Choice.SKIP),
                  Instant.ofEpochSecond(1))));
      Workflow.upsertTypedSearchAttributes(SearchAttributes.ATTENTION.valueSet(true));
      Workflow.await(() -> decision != null);
      Workflow.await(Workflow::isEveryHandlerFinished);
      return String.valueOf(decision);
    }

    @Override
    public void decide(Decision taken) {
      decision = taken;
    }

    @Override
    public void validateDecision(Decision wanted) {
      if (wanted.step() != null && !wanted.step().equals(step)) {
        throw Failures.of(FailureType.NOT_POSSIBLE_NOW, "Another step waits.");
      }
      if (wanted.decision() == Choice.ABANDON) {
        throw Failures.of(FailureType.NOT_POSSIBLE_NOW, "It cannot be abandoned.");
      }
    }
  }
}
