package io.tas.dbhub.systemtest.faults;

import io.temporal.client.WorkflowStub;
import java.util.Optional;

/**
 * An operation on one connection: what it needs beside the connection, how it is started, and how
 * one sees that it came out right. Of one case.
 */
interface Scenario {
  /** Makes what there has to be before, without any fault. */
  default void prepare() {}

  WorkflowStub start();

  /**
   * Compares what there is with what there should be, now that nothing goes wrong any more. Of the
   * connection itself others see to that.
   *
   * @return what is wrong
   */
  Optional<String> check(WorkflowStub operation, Ending ending);

  /** Takes away what it made. */
  default void tidyUp() {}

  /** What is left of it when the connection is gone as well. */
  default Optional<String> left() {
    return Optional.empty();
  }
}
