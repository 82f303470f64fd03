package io.tas.dbhub.api.query;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.regex.Pattern;

/** Ends queries. */
@Path("/queries")
@Tag(name = "query")
public final class QueryCancellationResource {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private final QueryExecutor executor;

  public QueryCancellationResource(QueryExecutor executor) {
    this.executor = executor;
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "cancelQuery",
      summary = "End a query of your own, in its database too",
      description = "By its query_id, or by the client_query_id you sent with it")
  @ApiResponse(responseCode = "204", description = "It is being ended")
  public void cancel(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
    if (!NAME.matcher(id).matches() || !executor.cancel(caller, id)) {
      throw new ProblemException(
          FailureType.NOT_FOUND, "No query of yours with that id is running.");
    }
  }
}
