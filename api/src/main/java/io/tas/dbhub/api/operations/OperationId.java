package io.tas.dbhub.api.operations;

import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.api.common.v1.WorkflowExecution;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of one operation: one run of a workflow that changes a database, or syncs its schema. */
public record OperationId(String workflowId, String runId) {
  private static final Pattern TEXT =
      Pattern.compile(
          "((?:%s|%s)%s)~(%s)"
              .formatted(
                  WorkflowIds.database(""), WorkflowIds.schema(""), Uuids.PATTERN, Uuids.PATTERN));

  public static OperationId of(WorkflowExecution execution) {
    return new OperationId(execution.getWorkflowId(), execution.getRunId());
  }

  /** Empty for what cannot be the id of an operation. */
  public static Optional<OperationId> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(new OperationId(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** The id of the database that it is about. */
  public String databaseId() {
    return WorkflowIds.databaseOf(workflowId).orElseThrow();
  }

  WorkflowExecution execution() {
    return WorkflowExecution.newBuilder().setWorkflowId(workflowId).setRunId(runId).build();
  }

  /** The path of the operation. */
  public String location() {
    return "/api/v1/operations/" + this;
  }

  @Override
  public String toString() {
    return workflowId + "~" + runId;
  }
}
