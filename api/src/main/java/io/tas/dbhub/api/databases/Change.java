package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.operations.OperationId;
import io.tas.dbhub.api.temporal.UpdateAnswer;
import java.util.Optional;

/** What a change has come to when it is time to answer. */
sealed interface Change<R> {
  /**
   * @param operation empty when there was nothing to do
   */
  record Done<R>(R value, Optional<OperationId> operation) implements Change<R> {}

  record Underway<R>(OperationId operation) implements Change<R> {}

  /**
   * @throws io.tas.dbhub.api.errors.ProblemException OperationRunning when another one stands in
   *     the way
   */
  static <R> Change<R> of(UpdateAnswer<R> answer) {
    if (answer instanceof UpdateAnswer.Settled<R> settled) {
      return new Done<>(
          settled.value().orElseThrow(), Optional.of(OperationId.of(settled.execution())));
    }
    if (answer instanceof UpdateAnswer.Running<R> running) {
      return new Underway<>(OperationId.of(running.execution()));
    }
    throw OperationProblems.running(((UpdateAnswer.Occupied<R>) answer).execution());
  }
}
