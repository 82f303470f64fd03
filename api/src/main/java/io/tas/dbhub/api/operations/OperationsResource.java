package io.tas.dbhub.api.operations;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.decision.Decision;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What ran, runs, or waits for a person, in the caller's space. */
@Path("/operations")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
public final class OperationsResource {
  /** How long one request may take decisions to operations. */
  private static final Duration DECIDING = Duration.ofSeconds(25);

  private final OperationsReader operations;
  private final OperationControl control;
  private final OperationRights rights;

  public OperationsResource(
      OperationsReader operations, OperationControl control, OperationRights rights) {
    this.operations = operations;
    this.control = control;
    this.rights = rights;
  }

  @GET
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listOperations",
      summary = "List one's operations, newest first; for operators those of everybody",
      parameters = {
        @Parameter(in = ParameterIn.QUERY, name = "status", schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "type", schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "attention", schema = @Schema(type = "boolean")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = Sight.ALL_SPACES,
            description = "For operators: those of the whole tenant",
            schema = @Schema(type = "boolean")),
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
    Sight sight = Sight.of(caller, uri.getQueryParameters().getFirst(Sight.ALL_SPACES));
    return rights.seen(
        caller,
        operations.list(OperationQuery.read(sight, Optional.empty(), uri.getQueryParameters())));
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
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Parameter(schema = @Schema(type = "boolean")) @QueryParam(Sight.ALL_SPACES)
          @Nullable String allSpaces) {
    Sight sight = Sight.of(caller, allSpaces);
    OperationId operation = known(id);
    rights.mustSee(caller, operation);
    return operations.find(sight, operation).orElseThrow(OperationsReader::unknown);
  }

  @POST
  @Path("/{id}/decision")
  @Audited("Decide")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(operationId = "decide", summary = "Decide about the step that an operation waits at")
  @ApiResponse(
      responseCode = "200",
      description = "The decision is taken; the operation goes on",
      content = @Content(schema = @Schema(implementation = OperationView.class)))
  public OperationView decide(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Parameter(schema = @Schema(type = "boolean")) @QueryParam(Sight.ALL_SPACES)
          @Nullable String allSpaces,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = DecisionBody.class)))
          InputStream body) {
    Fields fields = new Fields(JsonBody.read(body));
    DecisionBody decision = DecisionBody.read(fields, true);
    if (decision == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    Sight sight = Sight.of(caller, allSpaces);
    OperationId operation = known(id);
    OperationView found =
        operations.glance(sight, operation).orElseThrow(OperationsReader::unknown);
    control.decide(
        operation,
        new Decision(
            decision.decision(),
            decision.step(),
            decision.reason(),
            caller.subject(),
            caller.source()));
    return operations.afterwards(sight, found, operation);
  }

  @POST
  @Path("/{id}/cancel")
  @Audited(value = "Cancel", doneHere = true)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "cancelOperation",
      summary = "Stop an operation and undo what it did; for operators also somebody else's")
  @ApiResponse(
      responseCode = "202",
      description = "It is being undone",
      content = @Content(schema = @Schema(implementation = OperationView.class)))
  public Response cancel(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Parameter(schema = @Schema(type = "boolean")) @QueryParam(Sight.ALL_SPACES)
          @Nullable String allSpaces) {
    Sight sight = Sight.of(caller, allSpaces);
    OperationId operation = known(id);
    OperationView found =
        operations.glance(sight, operation).orElseThrow(OperationsReader::unknown);
    rights.mustManage(caller, operation);
    control.cancel(caller, found, operation);
    return Response.accepted(operations.afterwards(sight, found, operation)).build();
  }

  @POST
  @Path("/decisions")
  @Consumes(MediaType.APPLICATION_JSON)
  @Audited("Decide")
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "decideMany",
      summary = "Decide about all operations that a filter names, or only show which they are")
  @ApiResponse(
      responseCode = "200",
      description = "The operations, and what came of each",
      content = @Content(schema = @Schema(implementation = BulkDecisionView.class)))
  public BulkDecisionView decideMany(
      @Parameter(hidden = true) @Auth Caller caller,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = BulkDecisionBody.class)))
          InputStream body) {
    Fields fields = new Fields(JsonBody.read(body));
    DecisionFilter filter = DecisionFilter.read(fields.object("filter"), fields);
    DecisionBody decision = DecisionBody.read(fields, false);
    boolean dryRun = !Boolean.FALSE.equals(fields.bool("dry_run"));
    if (decision == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    return new BulkDecisions(operations::list, control::decide, DECIDING)
        .decide(caller, filter, decision, dryRun);
  }

  private static OperationId known(String id) {
    return OperationId.parse(id).orElseThrow(OperationsReader::unknown);
  }
}
