package io.tas.dbhub.api.databases;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.operations.OperationId;

/** The answer while an operation is still going: where to look for its end. */
@Schema(name = "Underway")
public record UnderwayView(String databaseId, String operation, String operationLocation) {
  static UnderwayView of(String databaseId, OperationId operation) {
    return new UnderwayView(databaseId, operation.toString(), operation.location());
  }
}
