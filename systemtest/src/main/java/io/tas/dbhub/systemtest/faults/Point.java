package io.tas.dbhub.systemtest.faults;

import java.util.Set;

/**
 * A boundary between a workflow and the world, found by running the operation once and reading its
 * history.
 *
 * @param undoing whether the step takes back what an operation did that failed at its end
 * @param occurrence of the activity in the operation, from 1
 * @param engines that the activity was seen to talk to
 * @param writes whether it was seen to change something in Kubernetes
 */
record Point(
    Operation operation,
    boolean undoing,
    String activity,
    int occurrence,
    Set<Engine> engines,
    boolean writes) {
  @Override
  public String toString() {
    return (undoing ? "undo: " : "") + activity + (occurrence > 1 ? " (" + occurrence + ")" : "");
  }
}
