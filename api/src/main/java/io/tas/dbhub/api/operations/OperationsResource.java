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
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** What ran, runs, or waits for a person, in the caller's space. */
@Path("/operations")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
public final class OperationsResource {
  private final OperationsReader operations;

  public OperationsResource(OperationsReader operations) {
    this.operations = operations;
  }

  @GET
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listOperations",
      summary = "List operations, newest first",
      parameters = {
        @Parameter(in = ParameterIn.QUERY, name = "status", schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "type", schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "attention", schema = @Schema(type = "boolean")),
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
  public OperationListView list(
      @Parameter(hidden = true) @Auth Caller caller, @Context UriInfo uri) {
    return operations.list(
        OperationQuery.read(caller.scope(), Optional.empty(), uri.getQueryParameters()));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(operationId = "getOperation", summary = "Show one operation with its steps")
  @ApiResponse(
      responseCode = "200",
      description = "The operation",
      content = @Content(schema = @Schema(implementation = OperationView.class)))
  public OperationView show(
      @Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
    return OperationId.parse(id)
        .flatMap(operation -> operations.find(caller.scope(), operation))
        .orElseThrow(OperationsReader::unknown);
  }
}
