package io.tas.dbhub.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.Decisions;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.temporal.client.WorkflowStub;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A workflow that waits for a person, and the person. */
public record ParkedWorkflow(WorkflowStub run) {
  /** Waits until it is parked at this step. */
  public ParkedStep awaitParked(String step) {
    await().until(() -> attention() && parkedAt(step));
    return Objects.requireNonNull(parked());
  }

  public void decide(Choice choice) {
    decide(new Decision(choice, null, "seen by ada", "ada", "10.0.0.1"));
  }

  public void decide(Decision decision) {
    run.update(Decisions.DECIDE, void.class, decision);
  }

  public void assertRefused(Object decision, FailureType type) {
    assertThatThrownBy(() -> run.update(Decisions.DECIDE, void.class, decision))
        .satisfies(failure -> assertThat(Failures.typeOf(failure)).isEqualTo(type));
  }

  /** No step waits any more, and it says so. */
  public void assertNotParked() {
    assertThat(attention()).as("attention").isFalse();
    assertThat(parked()).isNull();
  }

  private boolean attention() {
    return Boolean.TRUE.equals(
        run.describe().getTypedSearchAttributes().get(SearchAttributes.ATTENTION));
  }

  private boolean parkedAt(String step) {
    ParkedStep parked = parked();
    return parked != null && parked.step().equals(step);
  }

  private @Nullable ParkedStep parked() {
    return run.describe().getMemo(Memos.PARKED, ParkedStep.class, ParkedStep.class);
  }
}
