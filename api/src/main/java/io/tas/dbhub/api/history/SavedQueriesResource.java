package io.tas.dbhub.api.history;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.storage.journal.SavedQueries;
import io.tas.dbhub.storage.journal.SavedQueries.Written;
import io.tas.dbhub.storage.journal.SavedQuery;
import io.tas.dbhub.storage.journal.SavedQueryFilter;
import io.tas.dbhub.storage.journal.SavedQueryPage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * Queries that somebody gave a name. What is shared all of the space see; its text is all they are
 * given by that, for running it is a query like any other.
 */
@Path("/saved-queries")
@Tag(name = "history")
@Produces(MediaType.APPLICATION_JSON)
public final class SavedQueriesResource {
  private final SavedQueries saved;
  private final SavedSight sight;
  private final Clock clock;

  public SavedQueriesResource(SavedQueries saved, SavedSight sight, Clock clock) {
    this.saved = saved;
    this.sight = sight;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(operationId = "saveQuery", summary = "Give a query a name")
  @ApiResponse(
      responseCode = "201",
      description = "It is saved",
      content = @Content(schema = @Schema(implementation = SavedQueryView.class)))
  public Response create(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context UriInfo uri,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = SavedQueryFields.Body.class)))
          InputStream body) {
    People.only(caller);
    Instant now = now();
    SavedQuery query =
        SavedQueryFields.read(JsonBody.read(body))
            .saved(UUID.randomUUID().toString(), caller.scope(), caller.subject(), now, now);
    check(saved.create(query));
    return Response.created(uri.getAbsolutePathBuilder().path(query.id()).build())
        .entity(sight.of(caller, query))
        .build();
  }

  @GET
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listSavedQueries",
      summary = "List saved queries, newest first",
      description = "One's own, and what others share in the space.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "q",
            description = "What name, description or text contain, in upper or lower case",
            schema = @Schema(type = "string", maxLength = 200)),
        @Parameter(in = ParameterIn.QUERY, name = "shared", schema = @Schema(type = "boolean")),
        @Parameter(in = ParameterIn.QUERY, name = "database_id", schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "100", defaultValue = "50")),
        @Parameter(in = ParameterIn.QUERY, name = "cursor", schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "One page",
      content = @Content(schema = @Schema(implementation = SavedQueryListView.class)))
  public SavedQueryListView list(
      @Parameter(hidden = true) @Auth Caller caller, @Context UriInfo uri) {
    SavedQueryFilter filter =
        HistoryParameters.saved(People.only(caller), uri.getQueryParameters());
    SavedQueryPage page = Parameters.page(() -> saved.list(filter));
    List<SavedQueryView> queries =
        sight.of(caller, page.queries()).stream()
            // Who asks for a database that does not exist for them learns nothing of it.
            .filter(query -> filter.databaseId() == null || query.databaseId() != null)
            .toList();
    return new SavedQueryListView(queries, page.nextCursor());
  }

  @GET
  @Path("/{saved_query_id}")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(operationId = "getSavedQuery", summary = "Show a saved query")
  @ApiResponse(
      responseCode = "200",
      description = "The query",
      content = @Content(schema = @Schema(implementation = SavedQueryView.class)))
  public SavedQueryView show(
      @Parameter(hidden = true) @Auth Caller caller, @PathParam("saved_query_id") String id) {
    return sight.of(caller, find(People.only(caller), id));
  }

  @PUT
  @Path("/{saved_query_id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "replaceSavedQuery",
      summary = "Save a query anew",
      description =
          "All fields: what is left out is empty afterwards. For its owner; of what is shared, also"
              + " for operators.")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now",
      content = @Content(schema = @Schema(implementation = SavedQueryView.class)))
  public SavedQueryView replace(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("saved_query_id") String id,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = SavedQueryFields.Body.class)))
          InputStream body) {
    SavedQuery before = changeable(People.only(caller), id);
    SavedQuery query =
        SavedQueryFields.read(JsonBody.read(body))
            .saved(id, caller.scope(), before.owner(), before.createdAt(), now());
    check(saved.replace(query, caller.subject(), caller.isOperator()));
    return sight.of(caller, query);
  }

  @DELETE
  @Path("/{saved_query_id}")
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "deleteSavedQuery",
      summary = "Delete a saved query",
      description = "For its owner; of what is shared, also for operators.")
  @ApiResponse(responseCode = "204", description = "It is gone")
  public Response delete(
      @Parameter(hidden = true) @Auth Caller caller, @PathParam("saved_query_id") String id) {
    changeable(People.only(caller), id);
    if (!saved.delete(caller.scope(), id, caller.subject(), caller.isOperator())) {
      throw unknown();
    }
    return Response.noContent().build();
  }

  private SavedQuery changeable(Caller caller, String id) {
    SavedQuery found = find(caller, id);
    if (!found.owner().equals(caller.subject()) && !caller.isOperator()) {
      throw new ProblemException(
              FailureType.FORBIDDEN, "Only its owner, or an operator, changes a saved query.")
          .withSuggestion("Save one of your own.");
    }
    return found;
  }

  private SavedQuery find(Caller caller, String id) {
    if (!Uuids.valid(id)) {
      throw unknown();
    }
    return saved
        .find(caller.scope(), id, caller.subject())
        .orElseThrow(SavedQueriesResource::unknown);
  }

  private static void check(Written written) {
    switch (written) {
      case DONE -> {}
      case NOT_FOUND -> throw unknown();
      case NAME_TAKEN ->
          throw new ProblemException(
                  FailureType.NAME_TAKEN, "Another saved query of its owner has the name.")
              .withSuggestion("Choose another name, or change the one that has it.");
      case TOO_MANY ->
          throw new ProblemException(
                  FailureType.NOT_POSSIBLE_NOW,
                  "You have as many saved queries as one may have: " + SavedQueries.MOST + ".")
              .withSuggestion("Delete some that you do not need.");
    }
  }

  /** As the journal keeps it, so that one answer is like the next. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static ProblemException unknown() {
    return new ProblemException(FailureType.NOT_FOUND, "There is no such saved query.");
  }
}
