package io.tas.dbhub.systemtest.faults;

import java.util.List;

/**
 * One line of the matrix.
 *
 * @param injections the fault, and where the point is one of undoing, what makes the operation fail
 */
record Case(Operation operation, String point, String fault, List<Injection> injections) {
  /** Whether the step that suffers has done its work all the same. */
  boolean tookEffect() {
    return injections.stream().anyMatch(i -> i.fault().when() != Fault.When.BEFORE);
  }
}
