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
import io.tas.dbhub.api.query.QueryAnswer;
import io.tas.dbhub.api.query.QueryCall;
import io.tas.dbhub.api.query.QueryExecutor;
import io.tas.dbhub.api.query.QueryResource;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One table of a database: some of its rows, and what it is related to. */
@Path("/databases/{id}/tables/{table}")
@Tag(name = "schema")
@Produces(MediaType.APPLICATION_JSON)
public final class TablesResource {
  private static final int USUAL_ROWS = 20;
  private static final int MOST_ROWS = 1_000;
  private static final int MOST_STEPS = 5;

  private final DatabaseLookup databases;
  private final SchemaReading reading;
  private final SchemaCatalogue catalogue;
  private final QueryExecutor queries;

  public TablesResource(
      DatabaseLookup databases,
      SchemaReading reading,
      SchemaCatalogue catalogue,
      QueryExecutor queries) {
    this.databases = databases;
    this.reading = reading;
    this.catalogue = catalogue;
    this.queries = queries;
  }

  @GET
  @Path("/sample")
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "sampleTable",
      summary = "Show some rows of a table",
      description =
          "A query like any other: it needs the level query, counts, and is in the history. In no"
              + " particular order.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "schema",
            description = "Where the name alone is not enough",
            schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "limit",
            schema = @Schema(type = "integer", maximum = "1000", defaultValue = "20"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "The rows",
      content = @Content(schema = @Schema(implementation = QueryAnswer.class)))
  public Response sample(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @PathParam("table") String table,
      @Context UriInfo uri) {
    Parameters parameters =
        new Parameters(uri.getQueryParameters(), Set.of("schema", "limit"), "a sample");
    int limit = parameters.number("limit", USUAL_ROWS, MOST_ROWS);
    parameters.check();
    Database database = databases.get(caller, id, AccessLevel.QUERY);
    SchemaTable known = reading.table(caller.scope(), database, parameters.given("schema"), table);
    return QueryResource.answer(
        queries,
        new QueryCall(
            UUID.randomUUID().toString(),
            null,
            caller,
            QueryChannel.REST,
            database.id(),
            SampleStatement.of(database.definition().target().type(), known.name(), limit),
            List.of(),
            new QueryCall.Limits(limit, null, true)));
  }

  @GET
  @Path("/related")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "relatedTables",
      summary = "List the tables that a table is related to by foreign keys, the nearest first",
      description = "In both directions, from the catalogue. Needs the level view.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "schema",
            description = "Where the name alone is not enough",
            schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "depth",
            description = "How many foreign keys away",
            schema = @Schema(type = "integer", maximum = "5", defaultValue = "1"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "At most 500",
      content = @Content(schema = @Schema(implementation = RelatedView.class)))
  public RelatedView related(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @PathParam("table") String table,
      @Context UriInfo uri) {
    Parameters parameters =
        new Parameters(uri.getQueryParameters(), Set.of("schema", "depth"), "related tables");
    int depth = parameters.number("depth", 1, MOST_STEPS);
    parameters.check();
    Database database = databases.get(caller, id, AccessLevel.VIEW);
    SchemaTable known = reading.table(caller.scope(), database, parameters.given("schema"), table);
    return RelatedView.of(
        known.name(), catalogue.related(caller.scope(), database.id(), known.name(), depth));
  }
}
