package io.tas.dbhub.workflows.steps;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Functions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has to be undone if a later step fails. Each is registered <em>before</em> its call, because
 * a call that failed may have happened. They run in reverse, each until it is done, and also when
 * the workflow was cancelled.
 */
public final class Compensations {
  /** How to undo one call. */
  private static final class Undo {
    private final String step;
    private final String left;
    private final Functions.Proc action;
    private boolean happened;

    Undo(String step, String left, Functions.Proc action) {
      this.step = step;
      this.left = left;
      this.action = action;
    }

    Step asStep() {
      return new Step(step, "Undoing: " + step, () -> happened ? left : "perhaps " + left, action);
    }
  }

  private final Deque<Undo> registered = new ArrayDeque<>();

  /**
   * Makes a call that can be undone.
   *
   * @param undo the name of the activity that undoes it
   * @param left what stays behind if it is not undone, for people
   */
  public <R> R around(String undo, String left, Functions.Proc undoing, Functions.Func<R> call) {
    Undo compensation = new Undo(undo, left, undoing);
    registered.push(compensation);
    R result = call.apply();
    compensation.happened = true;
    return result;
  }

  /** As {@link #around}, for a call without an answer. */
  public void aroundProcedure(
      String undo, String left, Functions.Proc undoing, Functions.Proc call) {
    around(
        undo,
        left,
        undoing,
        () -> {
          call.apply();
          return true;
        });
  }

  /**
   * For undoing a change of an object that somebody may have taken away meanwhile: what is gone
   * holds nothing that could be undone.
   */
  public static void unlessGone(Functions.Proc undoing) {
    try {
      undoing.apply();
    } catch (ActivityFailure failure) {
      if (Failures.typeOf(failure) != FailureType.INCOMPLETE) {
        throw failure;
      }
    }
  }

  /** Whether there is nothing to undo. */
  boolean isEmpty() {
    return registered.isEmpty();
  }

  /** What was done is to stay. */
  void forget() {
    registered.clear();
  }

  /** Undoes everything registered, the last first. */
  void run(MustHappen mustHappen) {
    mustHappen.run(registered.stream().map(Undo::asStep).toList());
  }
}
