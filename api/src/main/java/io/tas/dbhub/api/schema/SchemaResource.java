package io.tas.dbhub.api.schema;

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
import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.databases.Answers;
import io.tas.dbhub.api.databases.DatabaseLookup;
import io.tas.dbhub.api.databases.UnderwayView;
import io.tas.dbhub.api.operations.OperationId;
import io.tas.dbhub.api.temporal.UpdateAnswer;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.core.schema.SyncSchema;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Optional;

/** What tables a database has. */
@Path("/databases/{id}/schema")
@Tag(name = "schema")
@Produces(MediaType.APPLICATION_JSON)
public final class SchemaResource {
  private final DatabaseLookup databases;
  private final SchemaReading reading;
  private final SchemaSyncs syncs;

  public SchemaResource(DatabaseLookup databases, SchemaReading reading, SchemaSyncs syncs) {
    this.databases = databases;
    this.reading = reading;
    this.syncs = syncs;
  }

  @GET
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "getSchema",
      summary = "Show what tables a database has",
      description =
          "From the catalogue, with its age; the database is not asked. Needs the level view, and"
              + " the level query to have the database read first.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "type",
            description = "Names of databases or schemas, or whole tables and views",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"database", "schema", "table"},
                    defaultValue = "table")),
        @Parameter(in = ParameterIn.QUERY, name = "schema", schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "table", schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "as_of",
            description = "As the catalogue was then",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "refresh",
            description = "Reads the database first",
            schema = @Schema(type = "boolean", defaultValue = "false")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "1000", defaultValue = "50")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "next_cursor of the page before",
            schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "A page of it; while a refresh is still going, what was known before",
      headers = @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = SchemaView.class)))
  public Response show(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Context UriInfo uri) {
    SchemaParameters parameters = SchemaParameters.read(uri.getQueryParameters());
    Database database =
        databases.get(caller, id, parameters.refresh() ? AccessLevel.QUERY : AccessLevel.VIEW);
    Optional<OperationId> still =
        parameters.refresh() ? still(syncs.sync(caller, database)) : Optional.empty();
    Response.ResponseBuilder answer =
        Response.ok(reading.read(caller.scope(), database, parameters))
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    still.ifPresent(going -> answer.header(Answers.OPERATION_LOCATION, going.location()));
    return answer.build();
  }

  @POST
  @Path("/sync")
  @Audited(SyncSchema.NAME)
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "syncSchema",
      summary = "Read a database's schema into the catalogue now",
      description = "Needs the level query. Who asks while it is being read waits for the same.")
  @ApiResponse(
      responseCode = "200",
      description = "What was found",
      content = @Content(schema = @Schema(implementation = SyncView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "It is still being read",
      headers = @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = UnderwayView.class)))
  public Response sync(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
    Database database = databases.get(caller, id, AccessLevel.QUERY);
    UpdateAnswer<SyncReport> answer = syncs.sync(caller, database);
    return still(answer)
        .map(going -> Answers.underway(id, going))
        .orElseGet(
            () ->
                Response.ok(
                        SyncView.of(
                            id, ((UpdateAnswer.Settled<SyncReport>) answer).value().orElseThrow()))
                    .build());
  }

  @PUT
  @Path("/policy")
  @Audited(value = "SetSchemaPolicy", doneHere = true)
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "setSchemaPolicy",
      summary = "Say what becomes of changes that are found in a database",
      description =
          "Needs the level manage. propagate: the catalogue follows. ignore: it stays, and tells in"
              + " what the database differs. approve: each change waits for a decision, as an"
              + " operation that needs attention.")
  @ApiResponse(
      responseCode = "200",
      description = "It holds from the next sync on",
      content = @Content(schema = @Schema(implementation = CatalogueView.class)))
  public CatalogueView setPolicy(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = PolicyBody.class)))
          InputStream body) {
    PolicyBody wanted = PolicyBody.read(JsonBody.read(body));
    return reading.setPolicy(
        caller.scope(), databases.get(caller, id, AccessLevel.MANAGE), wanted.policy());
  }

  private static Optional<OperationId> still(UpdateAnswer<SyncReport> answer) {
    return answer instanceof UpdateAnswer.Running<SyncReport> running
        ? Optional.of(OperationId.of(running.execution()))
        : Optional.empty();
  }
}
