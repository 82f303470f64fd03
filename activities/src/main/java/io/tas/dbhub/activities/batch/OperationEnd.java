package io.tas.dbhub.activities.batch;

import io.tas.dbhub.core.failure.FailureType;

/** What an operation has come to. */
sealed interface OperationEnd {
  /** Its id, as REST knows it. */
  String operation();

  record Done(String operation) implements OperationEnd {}

  /**
   * @param message for people; holds no credential
   */
  record Failed(FailureType type, String message, String operation) implements OperationEnd {}

  /** It waits for a person. */
  record Parked(String code, String message, String operation) implements OperationEnd {}
}
