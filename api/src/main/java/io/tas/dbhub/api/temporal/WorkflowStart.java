package io.tas.dbhub.api.temporal;

import io.temporal.client.WorkflowOptions;

/**
 * A workflow to start.
 *
 * @param type its name
 */
public record WorkflowStart(String type, WorkflowOptions options, Object request) {
  String workflowId() {
    return String.valueOf(options.getWorkflowId());
  }
}
