package io.tas.dbhub.api.operations;

import com.fasterxml.jackson.annotation.JsonValue;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an operation stands, and Temporal's word for it in visibility queries. */
public enum OperationStatus {
  RUNNING("Running"),
  COMPLETED("Completed"),
  FAILED("Failed"),
  CANCELED("Canceled"),
  TERMINATED("Terminated"),
  TIMED_OUT("TimedOut");

  private final String visibilityName;

  OperationStatus(String visibilityName) {
    this.visibilityName = visibilityName;
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String visibilityName() {
    return visibilityName;
  }

  static Optional<OperationStatus> fromWireName(String name) {
    return Arrays.stream(values()).filter(status -> status.wireName().equals(name)).findFirst();
  }

  public static OperationStatus of(WorkflowExecutionStatus status) {
    return switch (status) {
      case WORKFLOW_EXECUTION_STATUS_COMPLETED -> COMPLETED;
      case WORKFLOW_EXECUTION_STATUS_FAILED -> FAILED;
      case WORKFLOW_EXECUTION_STATUS_CANCELED -> CANCELED;
      case WORKFLOW_EXECUTION_STATUS_TERMINATED -> TERMINATED;
      case WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> TIMED_OUT;
      default -> RUNNING;
    };
  }
}
