package io.tas.dbhub.api.operations;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.failure.FailureType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** What ran, runs, or waits for a person, of one database. */
@Path("/databases")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
public final class DatabaseOperationsResource {

  private final OperationsReader operations;
  private final OperationRights rights;

  public DatabaseOperationsResource(OperationsReader operations, OperationRights rights) {
    this.operations = operations;
    this.rights = rights;
  }

  @GET
  @Path("/{id}/operations")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listDatabaseOperations",
      summary = "List the operations of one database, also of one that is gone",
      description = "Needs the level manage while the database is there.",
      parameters = {
        @Parameter(in = ParameterIn.QUERY, name = "status", schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "type", schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "attention", schema = @Schema(type = "boolean")),
        @Parameter(in = ParameterIn.QUERY, name = "all_spaces", schema = @Schema(type = "boolean")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "100", defaultValue = "20")),
        @Parameter(in = ParameterIn.QUERY, name = "cursor", schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "One page",
      content = @Content(schema = @Schema(implementation = OperationListView.class)))
  public OperationListView ofDatabase(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Context UriInfo uri) {
    if (!Uuids.valid(id)) {
      throw unknownDatabase();
    }
    boolean there = rights.manages(caller, id);
    Sight sight = Sight.of(caller, uri.getQueryParameters().getFirst(Sight.ALL_SPACES));
    OperationListView found =
        rights.seen(
            caller,
            operations.list(OperationQuery.read(sight, Optional.of(id), uri.getQueryParameters())));
    if (found.operations().isEmpty() && !there) {
      throw unknownDatabase();
    }
    return found;
  }

  private static ProblemException unknownDatabase() {
    return new ProblemException(FailureType.NOT_FOUND, "There is no such database.");
  }
}
