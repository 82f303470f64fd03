package io.tas.dbhub.api.batches;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.audit.AuditDetails;
import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.storage.journal.Batch;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** What is done with a batch that is there. */
@Path("/batches")
@Tag(name = "batches")
@Produces(MediaType.APPLICATION_JSON)
public final class BatchActionsResource {
  private static final String ONLY_VALID = "only_valid";

  private final BatchReading reading;
  private final BatchControl control;

  BatchActionsResource(BatchReading reading, BatchControl control) {
    this.reading = reading;
    this.control = control;
  }

  @POST
  @Path("/{id}/run")
  @Audited(value = "RunBatch", doneHere = true)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "runBatch",
      summary = "Do what is waiting",
      description =
          "Of one that was checked, or that was stopped or cancelled. May be repeated: one that is"
              + " running goes on. A row that breaks rules is never done; that there are some must be"
              + " agreed to.",
      parameters =
          @Parameter(
              in = ParameterIn.QUERY,
              name = ONLY_VALID,
              schema = @Schema(type = "boolean", defaultValue = "false")))
  @ApiResponse(
      responseCode = "202",
      description = "It is running",
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  public Response run(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @Context UriInfo uri) {
    Parameters parameters =
        new Parameters(uri.getQueryParameters(), Set.of(ONLY_VALID), "running a batch");
    Boolean onlyValid = parameters.bool(ONLY_VALID);
    parameters.check();
    control.run(caller, audited(caller, request, id), Boolean.TRUE.equals(onlyValid));
    return shown(caller, id);
  }

  @POST
  @Path("/{id}/retry")
  @Audited(value = "RetryBatch", doneHere = true)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "retryBatch",
      summary = "Do again what failed or waits for a person, and what was not tried")
  @ApiResponse(
      responseCode = "202",
      description = "It is running",
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  public Response retry(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id) {
    control.retry(caller, audited(caller, request, id));
    return shown(caller, id);
  }

  @POST
  @Path("/{id}/pause")
  @Audited(value = "PauseBatch", doneHere = true)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "pauseBatch",
      summary = "Let no other row begin",
      description = "Rows that were begun come to their end.")
  @ApiResponse(
      responseCode = "202",
      description = "It is told to",
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  public Response pause(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id) {
    control.pause(audited(caller, request, id));
    return shown(caller, id);
  }

  @POST
  @Path("/{id}/resume")
  @Audited(value = "ResumeBatch", doneHere = true)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(operationId = "resumeBatch", summary = "Let rows begin again")
  @ApiResponse(
      responseCode = "202",
      description = "It is told to",
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  public Response resume(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id) {
    control.resume(caller, audited(caller, request, id));
    return shown(caller, id);
  }

  @POST
  @Path("/{id}/cancel")
  @Audited(value = "CancelBatch", doneHere = true)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "cancelBatch",
      summary = "End a batch",
      description =
          "No other row begins; those that were begun come to their end. What is done stays done.")
  @ApiResponse(
      responseCode = "202",
      description = "It is told to",
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  public Response cancel(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id) {
    control.cancel(caller, audited(caller, request, id));
    return shown(caller, id);
  }

  private Batch audited(Caller caller, ContainerRequestContext request, String id) {
    Batch batch = reading.get(caller, id);
    AuditDetails.about(request, id, batch.name());
    return batch;
  }

  private Response shown(Caller caller, String id) {
    return Response.accepted(reading.view(caller, id)).build();
  }
}
