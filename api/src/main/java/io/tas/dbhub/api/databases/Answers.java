package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.operations.OperationId;
import io.tas.dbhub.core.model.Database;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;

/** What the answers to changes have in common. */
public final class Answers {
  public static final String OPERATION_LOCATION = "Operation-Location";

  private Answers() {}

  /** The tag is the definition's, for writes; status and health change without it. */
  static EntityTag tag(Database database) {
    return new EntityTag(Long.toString(database.revision()));
  }

  /** 202, with where to look for the end. */
  public static Response underway(String databaseId, OperationId operation) {
    return Response.accepted(UnderwayView.of(databaseId, operation))
        .header(OPERATION_LOCATION, operation.location())
        .build();
  }
}
