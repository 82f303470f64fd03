package io.tas.dbhub.workflows.steps;

import io.temporal.workflow.Functions;
import java.util.function.Supplier;

/**
 * A step that may not be given up: a compensation, a step of taking away or of putting back.
 *
 * @param name the activity's
 * @param doing what it does, for people, such as {@code Deleting the Secret.}
 * @param left what stays behind for as long as it is not done, for people; empty where nothing
 *     does. Asked for when it matters
 */
public record Step(String name, String doing, Supplier<String> left, Functions.Proc action) {
  public Step(String name, String doing, String left, Functions.Proc action) {
    this(name, doing, () -> left, action);
  }
}
