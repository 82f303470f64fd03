package io.tas.dbhub.api.schedules;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.KeptResult;
import io.tas.dbhub.storage.journal.ScheduleResult;
import io.tas.dbhub.storage.journal.ScheduleResultFilter;
import io.tas.dbhub.storage.journal.ScheduleResultPage;
import io.tas.dbhub.storage.journal.ScheduleResults;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What queries of schedules answered: for those who may query the database now. */
@Path("/schedules")
@Tag(name = "schedules")
@Produces(MediaType.APPLICATION_JSON)
public final class ScheduleResultsResource {
  private static final int MAX_PAGE_SIZE = 100;

  private final ScheduleReader reader;
  private final ScheduleResults results;
  private final DatabaseInventory inventory;

  ScheduleResultsResource(
      ScheduleReader reader, ScheduleResults results, DatabaseInventory inventory) {
    this.reader = reader;
    this.results = results;
    this.inventory = inventory;
  }

  @GET
  @Path("/{id}/results")
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "listScheduleResults",
      summary = "List what a schedule's queries came to, newest first",
      description =
          "Those on databases on which the caller has the level query; a page has fewer where there"
              + " are others.",
      parameters = {
        @Parameter(in = ParameterIn.QUERY, name = "database_id", schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "run_id",
            description = "Those of one run",
            schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "100", defaultValue = "50")),
        @Parameter(in = ParameterIn.QUERY, name = "cursor", schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "One page",
      content = @Content(schema = @Schema(implementation = ScheduleResultListView.class)))
  public ScheduleResultListView list(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Context UriInfo uri) {
    Parameters parameters =
        new Parameters(
            uri.getQueryParameters(),
            Set.of("database_id", "run_id", "page_size", "cursor"),
            "results");
    String database = parameters.text("database_id", Uuids::valid, "is a database's id");
    int pageSize = parameters.pageSize(MAX_PAGE_SIZE);
    parameters.check();
    StoredSchedule schedule = reader.get(caller, id);
    ScheduleResultPage page =
        Parameters.page(
            () ->
                results.list(
                    new ScheduleResultFilter(
                        caller.scope(),
                        schedule.id(),
                        database,
                        parameters.given("run_id"),
                        pageSize,
                        parameters.given("cursor"))));
    Set<String> queried = queried(caller, page.results().stream().map(ScheduleResult::databaseId));
    return new ScheduleResultListView(
        page.results().stream()
            .filter(result -> queried.contains(result.databaseId()))
            .map(ScheduleResultView::of)
            .toList(),
        page.nextCursor());
  }

  @GET
  @Path("/{id}/results/{result_id}")
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "getScheduleResult",
      summary = "Show what a schedule's query answered, and in what it differs from before",
      description = "Needs the level query on the database.")
  @ApiResponse(
      responseCode = "200",
      description = "The rows",
      content = @Content(schema = @Schema(implementation = ScheduleRowsView.class)))
  public Response show(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @PathParam("result_id") String resultId) {
    StoredSchedule schedule = reader.get(caller, id);
    KeptResult kept =
        Optional.of(resultId)
            .filter(Uuids::valid)
            .flatMap(valid -> results.find(caller.scope(), schedule.id(), valid))
            .filter(found -> !queried(caller, Stream.of(found.result().databaseId())).isEmpty())
            .orElseThrow(
                () ->
                    new ProblemException(
                        FailureType.NOT_FOUND, "The schedule has no such result."));
    return Response.ok(ScheduleRowsView.of(kept))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** Those of the databases that the caller may query. */
  private Set<String> queried(Caller caller, Stream<String> databaseIds) {
    List<String> ids = databaseIds.distinct().toList();
    return ids.isEmpty()
        ? Set.of()
        : inventory.find(caller.scope(), ids).stream()
            .filter(
                database ->
                    Permissions.level(caller, database)
                        .filter(level -> level.allows(AccessLevel.QUERY))
                        .isPresent())
            .map(Database::id)
            .collect(Collectors.toSet());
  }
}
