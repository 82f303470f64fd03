package io.tas.dbhub.workflows.steps;

import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.Decisions;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.Memos;
import io.tas.dbhub.core.names.SearchAttributes;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a workflow waits for a person. While it does, the search attribute is raised, the memo
 * holds the {@link ParkedStep}, and the current details say in plain words what happened, what is
 * left and what may be decided. At most one per workflow: it listens to the update {@code decide}.
 */
public final class Parking implements Decisions {
  private final AuditTrail audit;
  private @Nullable ParkedStep parked;
  private @Nullable Decision decision;

  /** Begins to listen. */
  public Parking(AuditTrail audit) {
    this.audit = audit;
    Workflow.registerListener(this);
  }

  /**
   * Parks, and answers what somebody decided.
   *
   * @param left everything that stays behind for as long as nobody acts
   */
  Decision await(String step, TemporalFailure failure, List<String> left) {
    ParkedStep waiting = parked(step, failure, left);
    begin(waiting);
    Workflow.await(() -> decision != null);
    return taken(waiting);
  }

  /**
   * Parks, not because anything failed but for somebody to say whether a change is wanted.
   *
   * @param within after which the change has to be looked at again
   * @param moot when there is nothing to decide any more
   * @return empty when nobody decided until then
   */
  public Optional<Decision> awaitApproval(
      String of, String change, Duration within, Supplier<Boolean> moot) {
    ParkedStep waiting =
        new ParkedStep(of, ParkedStep.CHANGE, change, List.of(), Choice.OF_A_CHANGE, currentTime());
    begin(waiting);
    Workflow.await(within, () -> decision != null || moot.get());
    if (decision != null) {
      return Optional.of(taken(waiting));
    }
    parked = null;
    tell(null);
    return Optional.empty();
  }

  private void begin(ParkedStep waiting) {
    decision = null;
    parked = waiting;
    Workflow.setCurrentDetails(details(waiting));
    tell(waiting);
  }

  private Decision taken(ParkedStep waiting) {
    Decision taken = signed(Optional.ofNullable(decision).orElseThrow());
    tell(null);
    audit.decided(waiting, taken);
    return taken;
  }

  private static Instant currentTime() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  @Override
  public void decide(Decision taken) {
    parked = null;
    decision = taken;
  }

  @Override
  @SuppressWarnings("NullAway") // a decision written by hand may lack anything
  public void validateDecision(Decision proposed) {
    if (proposed == null || proposed.decision() == null) {
      throw refused(FailureType.INVALID, "A decision is one of " + List.of(Choice.values()) + ".");
    }
    ParkedStep waiting = parked;
    if (waiting == null) {
      throw refused(FailureType.NOT_POSSIBLE_NOW, "Nothing waits for a decision.");
    }
    String step = proposed.step();
    if (step != null && !step.equals(waiting.step())) {
      throw refused(
          FailureType.NOT_POSSIBLE_NOW,
          "It is " + waiting.step() + " that waits for a decision, not " + step + ".");
    }
    if (!waiting.choices().contains(proposed.decision())) {
      throw refused(
          FailureType.NOT_POSSIBLE_NOW, "It may only be decided to " + waiting.choices() + ".");
    }
    String reason = proposed.reason();
    if (proposed.decision().needsReason() && (reason == null || reason.isBlank())) {
      throw refused(
          FailureType.INVALID,
          "To %s needs a reason: it is kept in the journal."
              .formatted(proposed.decision().wireName()));
    }
  }

  /** A failure thrown bare loses its type on the way to who asked; as a cause it keeps it. */
  private static IllegalStateException refused(FailureType type, String message) {
    return new IllegalStateException(message, Failures.of(type, message));
  }

  /** The journal tells who decided, also of those who did not say. */
  private static Decision signed(Decision taken) {
    String actor = taken.actor();
    return new Decision(
        taken.decision(),
        taken.step(),
        taken.reason(),
        actor == null || actor.isBlank() ? "unknown" : actor,
        taken.source());
  }

  private static ParkedStep parked(String step, TemporalFailure failure, List<String> left) {
    Optional<ApplicationFailure> typed = Failures.find(failure);
    boolean late = failure.getCause() instanceof TimeoutFailure;
    return new ParkedStep(
        step,
        typed
            .map(ApplicationFailure::getType)
            .orElse((late ? FailureType.TIMEOUT : FailureType.INTERNAL).wireName()),
        typed
            .map(ApplicationFailure::getOriginalMessage)
            .orElse(
                late
                    ? "The step was not answered in time."
                    : "Nothing foresaw how the step failed; the history tells more."),
        left,
        Choice.OF_A_STEP,
        currentTime());
  }

  /**
   * The memo first: whoever finds the raised attribute then reads what it is about.
   *
   * @param step null takes the field away
   */
  @SuppressWarnings("NullAway") // the map of an interface without annotations, which takes nulls
  private static void tell(@Nullable ParkedStep step) {
    Map<String, Object> memo = new HashMap<>();
    memo.put(Memos.PARKED, step);
    Workflow.upsertMemo(memo);
    Workflow.upsertTypedSearchAttributes(SearchAttributes.ATTENTION.valueSet(step != null));
  }

  private static String details(ParkedStep step) {
    StringBuilder text = new StringBuilder();
    if (step.code().equals(ParkedStep.CHANGE)) {
      text.append("**%s changed and waits for a decision.**%n%n".formatted(step.step()));
      text.append("%s%n".formatted(step.message()));
    } else {
      text.append("**%s keeps failing and waits for a decision.**%n%n".formatted(step.step()));
      text.append("%s: %s%n%n".formatted(step.code(), step.message()));
      text.append(
          step.left().isEmpty()
              ? "Nothing is left behind.%n".formatted()
              : "Left behind until somebody acts:%n".formatted());
      step.left().forEach(left -> text.append("- %s%n".formatted(left)));
    }
    text.append("%nDecide with the update `%s`:%n".formatted(DECIDE));
    Arrays.stream(Choice.values())
        .filter(step.choices()::contains)
        .forEach(choice -> text.append("- `%s`: %s%n".formatted(choice.wireName(), means(choice))));
    return text.toString();
  }

  private static String means(Choice choice) {
    return switch (choice) {
      case RETRY -> "the cause is mended, try it again";
      case SKIP -> "I did it by hand, go on without it (needs a reason)";
      case ABANDON -> "leave it, and list what is left in the inventory (needs a reason)";
      case APPROVE -> "it is wanted, take it";
      case REJECT -> "it is not wanted, leave everything as it is (needs a reason)";
    };
  }
}
