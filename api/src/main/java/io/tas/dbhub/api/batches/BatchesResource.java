package io.tas.dbhub.api.batches;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.audit.AuditDetails;
import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.Batch;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.UUID;

/** The batches of the caller's space. */
@Path("/batches")
@Tag(name = "batches")
@Produces(MediaType.APPLICATION_JSON)
public final class BatchesResource {
  private static final int MAX_PAGE_SIZE = 100;

  private final BatchMaking making;
  private final BatchReading reading;
  private final BatchControl control;
  private final DatabaseInventory inventory;

  BatchesResource(
      BatchMaking making, BatchReading reading, BatchControl control, DatabaseInventory inventory) {
    this.making = making;
    this.reading = reading;
    this.control = control;
    this.inventory = inventory;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Audited(value = "CreateBatch", doneHere = true)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "createBatch",
      summary = "Do one thing to many databases",
      description =
          "A dry run, unless dry_run is false: it tells which databases there are, and what is wrong"
              + " with which. The databases are those that are there now.")
  @ApiResponse(
      responseCode = "201",
      description = "It is checked",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "It is running",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  public Response create(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = BatchFields.Body.class)))
          InputStream body)
      throws IOException {
    BatchFields fields = BatchFields.read(JsonBody.read(body));
    ExistingCheck check = new ExistingCheck(fields.kind(), fields.update());
    return making.make(
        caller,
        request,
        UUID.randomUUID().toString(),
        fields.kind(),
        fields.options(),
        fields.update(),
        new DatabasePages(caller, inventory, fields.target(), check));
  }

  @GET
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "listBatches",
      summary = "List batches, newest first",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "100", defaultValue = "50")),
        @Parameter(in = ParameterIn.QUERY, name = "cursor", schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "One page",
      content = @Content(schema = @Schema(implementation = BatchListView.class)))
  public BatchListView list(@Parameter(hidden = true) @Auth Caller caller, @Context UriInfo uri) {
    Parameters parameters =
        new Parameters(uri.getQueryParameters(), Set.of("page_size", "cursor"), "batches");
    int pageSize = parameters.pageSize(MAX_PAGE_SIZE);
    parameters.check();
    return Parameters.page(() -> reading.list(caller, pageSize, parameters.given("cursor")));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(operationId = "getBatch", summary = "Show a batch and how far it is")
  @ApiResponse(
      responseCode = "200",
      description = "The batch",
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  public Response show(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
    return Response.ok(reading.view(caller, id))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  @DELETE
  @Path("/{id}")
  @Audited(value = "DeleteBatch", doneHere = true)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "deleteBatch",
      summary = "Delete a batch that has ended, with its report",
      description = "What it did stays done.")
  @ApiResponse(responseCode = "204", description = "It is gone")
  public Response delete(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id) {
    Batch batch = reading.get(caller, id);
    AuditDetails.about(request, id, batch.name());
    control.delete(batch);
    return Response.noContent().build();
  }
}
