package io.tas.dbhub.core.start;

import io.tas.dbhub.core.names.Memos;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowOptions;
import java.util.Map;

/**
 * A workflow to start.
 *
 * @param type its name
 */
public record WorkflowStart(String type, WorkflowOptions options, Object request) {
  /** Whether what runs is what this start asked for, or something it may join. */
  public boolean meant(WorkflowExecutionDescription found) {
    if (!found.getWorkflowType().equals(type)) {
      return false;
    }
    Map<String, Object> memo = options.getMemo();
    Object own = memo == null ? null : memo.get(Memos.REQUEST);
    return options.getWorkflowIdConflictPolicy()
            != WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL
        || (own != null && own.equals(found.getMemo(Memos.REQUEST, String.class)));
  }

  public String workflowId() {
    return String.valueOf(options.getWorkflowId());
  }
}
