package io.tas.dbhub.api.schema;

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
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.databases.DatabaseLookup;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.storage.catalogue.ChangePage;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import io.tas.dbhub.storage.catalogue.VersionPage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Set;

/** What changed in a database's schema, when, and who found it. */
@Path("/databases/{id}/schema/changes")
@Tag(name = "schema")
@Produces(MediaType.APPLICATION_JSON)
public final class SchemaChangesResource {
  private static final int MAX_PAGE_SIZE = 500;

  private final DatabaseLookup databases;
  private final SchemaCatalogue catalogue;

  public SchemaChangesResource(DatabaseLookup databases, SchemaCatalogue catalogue) {
    this.databases = databases;
    this.catalogue = catalogue;
  }

  @GET
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listSchemaVersions",
      summary = "List the versions of a database's schema, newest first",
      description = "Each sync that found something else made one. Needs the level view.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            description = "When it was found",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "Not itself",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "500", defaultValue = "50")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "next_cursor of the page before",
            schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "One page",
      content = @Content(schema = @Schema(implementation = VersionListView.class)))
  public VersionListView versions(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Context UriInfo uri) {
    Parameters parameters =
        new Parameters(
            uri.getQueryParameters(),
            Set.of("from", "to", "page_size", "cursor"),
            "a schema's changes");
    Instant from = parameters.time("from");
    Instant to = parameters.time("to");
    int pageSize = parameters.pageSize(MAX_PAGE_SIZE);
    parameters.check();
    Database database = databases.get(caller, id, AccessLevel.VIEW);
    VersionPage page =
        Parameters.page(
            () ->
                catalogue.versions(
                    caller.scope(), database.id(), from, to, pageSize, parameters.given("cursor")));
    return VersionListView.of(page);
  }

  @GET
  @Path("/{version}")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listSchemaChanges",
      summary = "Show what a version of a schema changed, table by table",
      description = "The first version has none: it is all there was. Needs the level view.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "500", defaultValue = "50")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "next_cursor of the page before",
            schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "One page",
      content = @Content(schema = @Schema(implementation = ChangeListView.class)))
  public ChangeListView changes(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @PathParam("version") @Schema(type = "integer") String version,
      @Context UriInfo uri) {
    Parameters parameters =
        new Parameters(
            uri.getQueryParameters(), Set.of("page_size", "cursor"), "a version's changes");
    int pageSize = parameters.pageSize(MAX_PAGE_SIZE);
    parameters.check();
    Database database = databases.get(caller, id, AccessLevel.VIEW);
    long number = version.matches("[1-9][0-9]{0,9}") ? Long.parseLong(version) : 0;
    ChangePage page =
        Parameters.page(
            () ->
                catalogue.changes(
                    caller.scope(), database.id(), number, pageSize, parameters.given("cursor")));
    return ChangeListView.of(number, page);
  }
}
