package io.tas.dbhub.workflows.steps;

import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has to be undone if a later step fails. Each is registered <em>before</em> its call, because
 * a call that failed may have happened. They run in reverse, each until it is done, and also when
 * the workflow was cancelled.
 */
public final class Compensations {
  private record Compensation(String step, String left, Functions.Proc action) {}

  private final Deque<Compensation> registered = new ArrayDeque<>();
  private final MustHappen mustHappen = new MustHappen();

  /**
   * @param step the activity's name
   * @param left what stays behind if it is not undone, for people
   */
  public void add(String step, String left, Functions.Proc action) {
    registered.push(new Compensation(step, left, action));
  }

  /** Undoes everything registered, the last first. */
  public void run() {
    Workflow.newDetachedCancellationScope(
            () ->
                registered.forEach(
                    undo -> {
                      Workflow.setCurrentDetails("Undoing: " + undo.step());
                      mustHappen.run(undo.step(), undo.left(), undo.action());
                    }))
        .run();
  }
}
