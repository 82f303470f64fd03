package io.tas.dbhub.api.databases;

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
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.health.CheckResult;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRules;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.DatabasePage;
import io.tas.dbhub.storage.inventory.ListQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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
import org.jspecify.annotations.Nullable;

/** The databases of the caller's space. */
@Path("/databases")
@Tag(name = "databases")
@Produces(MediaType.APPLICATION_JSON)
public final class DatabasesResource {
  private final DatabaseInventory inventory;
  private final DatabaseLookup databases;
  private final DatabaseCreation creation;
  private final DatabaseRemoval removal;
  private final ConnectionChecks checks;

  DatabasesResource(
      DatabaseInventory inventory,
      DatabaseLookup databases,
      DatabaseCreation creation,
      DatabaseRemoval removal,
      ConnectionChecks checks) {
    this.inventory = inventory;
    this.databases = databases;
    this.creation = creation;
    this.removal = removal;
    this.checks = checks;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Audited(ProvisionDatabase.NAME)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "createDatabase",
      summary = "Make a database connection",
      parameters =
          @Parameter(
              in = ParameterIn.HEADER,
              name = DatabaseIds.KEY_HEADER,
              description = "The same key answers the same database",
              schema = @Schema(type = "string", maxLength = 255)))
  @ApiResponse(
      responseCode = "201",
      description = "It exists and is being tried for the first time",
      headers = {
        @Header(name = "Location", schema = @Schema(type = "string")),
        @Header(name = "ETag", schema = @Schema(type = "string")),
        @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = DatabaseView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "It is still being made",
      headers = @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = UnderwayView.class)))
  public Response create(
      @Parameter(hidden = true) @Auth Caller caller,
      @Parameter(hidden = true) @HeaderParam(DatabaseIds.KEY_HEADER) @Nullable String key,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = NewDatabase.class)))
          InputStream body) {
    DatabaseRules.Accepted accepted = DatabaseFields.forCreation(JsonBody.read(body));
    DatabaseCreation.Outcome outcome = creation.create(caller, accepted, Optional.ofNullable(key));
    if (outcome instanceof DatabaseCreation.Underway underway) {
      return Response.accepted(UnderwayView.of(underway.databaseId(), underway.operation()))
          .header(HttpHeaders.LOCATION, location(underway.databaseId()))
          .header(Answers.OPERATION_LOCATION, underway.operation().location())
          .build();
    }
    DatabaseCreation.Created created = (DatabaseCreation.Created) outcome;
    Response.ResponseBuilder response =
        Response.status(Response.Status.CREATED)
            .entity(DatabaseView.of(created.database()))
            .tag(Answers.tag(created.database()))
            .header(HttpHeaders.LOCATION, location(created.database().id()));
    created
        .operation()
        .ifPresent(operation -> response.header(Answers.OPERATION_LOCATION, operation.location()));
    return response.build();
  }

  @GET
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listDatabases",
      summary = "List databases",
      description = "Those on which the caller has the level view, and no others, are listed.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page",
            schema = @Schema(type = "integer", defaultValue = "1")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "100", defaultValue = "20")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "status",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"Pending", "Connected", "Degraded", "Failed"})),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "type",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"postgres", "mysql", "mariadb", "sqlserver", "sqlite"})),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "label",
            description = "key, or key=value",
            schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "q",
            description = "What the name contains",
            schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "sort",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"name", "-name", "created_at", "-created_at"})),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "next_cursor of the page before, for deep lists",
            schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "One page",
      content = @Content(schema = @Schema(implementation = DatabaseListView.class)))
  public DatabaseListView list(
      @Parameter(hidden = true) @Auth Caller caller, @Context UriInfo uri) {
    ListQuery query = ListParameters.read(uri.getQueryParameters());
    DatabasePage page =
        Parameters.page(() -> inventory.list(caller.scope(), Permissions.onlooker(caller), query));
    return new DatabaseListView(
        page.databases().stream().map(DatabaseView::of).toList(),
        page.total(),
        query.page(),
        query.pageSize(),
        page.nextCursor());
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "getDatabase",
      summary = "Show one database",
      description = "Needs the level view; without it there is none: 404, as everywhere.")
  @ApiResponse(
      responseCode = "200",
      description = "The database",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = DatabaseView.class)))
  public Response show(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
    Database database = databases.get(caller, id, AccessLevel.VIEW);
    return Response.ok(DatabaseView.of(database))
        .tag(Answers.tag(database))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  @DELETE
  @Path("/{id}")
  @Audited(DeprovisionDatabase.NAME)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "deleteDatabase",
      summary = "Take a database away",
      description = "Needs the level manage.")
  @ApiResponse(responseCode = "204", description = "It is gone")
  @ApiResponse(
      responseCode = "202",
      description = "It is still being taken away",
      headers = @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = UnderwayView.class)))
  public Response remove(
      @Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
    return removal
        .remove(caller, databases.changeable(caller, id))
        .map(operation -> Answers.underway(id, operation))
        .orElseGet(() -> Response.noContent().build());
  }

  @POST
  @Path("/{id}/test")
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "checkDatabase",
      summary = "Try a database now",
      description = "Needs the level query.")
  @ApiResponse(
      responseCode = "200",
      description = "The database with what was found",
      content = @Content(schema = @Schema(implementation = CheckedDatabaseView.class)))
  public CheckedDatabaseView checkNow(
      @Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
    Database before = databases.get(caller, id, AccessLevel.QUERY);
    if (!before.definition().active()) {
      throw new ProblemException(
          FailureType.INACTIVE, "The database is not active, so it is not tried.");
    }
    CheckResult check = checks.checkNow(before);
    return CheckedDatabaseView.of(inventory.find(caller.scope(), id).orElse(before), check);
  }

  @POST
  @Path("/test")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(operationId = "testConnection", summary = "Try a connection without saving it")
  @ApiResponse(
      responseCode = "200",
      description = "What was found, step by step; a target that cannot be reached is an answer",
      content = @Content(schema = @Schema(implementation = DiagnosisView.class)))
  public DiagnosisView test(
      @Parameter(hidden = true) @Auth Caller caller,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = NewDatabase.class)))
          InputStream body) {
    return DiagnosisView.of(checks.test(caller, DatabaseFields.forTest(JsonBody.read(body))));
  }

  private static String location(String id) {
    return "/api/v1/databases/" + id;
  }
}
