package io.tas.dbhub.api.temporal;

import io.temporal.api.common.v1.WorkflowExecution;
import java.util.Optional;

/** How an update-with-start went. */
public sealed interface UpdateAnswer<R> {
  /**
   * @param value empty for an update that answers nothing
   */
  record Settled<R>(Optional<R> value, WorkflowExecution execution) implements UpdateAnswer<R> {}

  /** The workflow runs, but has not answered in time. */
  record Running<R>(WorkflowExecution execution) implements UpdateAnswer<R> {}

  /** A workflow of another kind runs under the id: it does not know the update. */
  record Occupied<R>(WorkflowExecution execution) implements UpdateAnswer<R> {}
}
