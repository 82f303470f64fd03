package io.tas.dbhub.api.history;

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
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.storage.journal.PastQuery;
import io.tas.dbhub.storage.journal.QueryFilter;
import io.tas.dbhub.storage.journal.QueryLog;
import io.tas.dbhub.storage.journal.QueryPage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/**
 * What was asked in the caller's space: one's own, whatever one may still ask; an operator sees
 * everybody's. A query is here a moment after it ended.
 */
@Path("/queries")
@Tag(name = "history")
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryResource {
  private final QueryLog log;

  public HistoryResource(QueryLog log) {
    this.log = log;
  }

  @GET
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listQueries",
      summary = "List what was asked, newest first",
      description = "One's own; an operator sees everybody's of the space.",
      parameters = {
        @Parameter(in = ParameterIn.QUERY, name = "database_id", schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "q",
            description = "What the text contains, in upper or lower case",
            schema = @Schema(type = "string", maxLength = 200)),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "status",
            description = "How it ended; failed for all that did not succeed",
            schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            description = "When it began",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "Not itself",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "actor",
            description = "Somebody else's, for operators",
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
      content = @Content(schema = @Schema(implementation = PastQueryListView.class)))
  public PastQueryListView list(
      @Parameter(hidden = true) @Auth Caller caller, @Context UriInfo uri) {
    QueryFilter filter = HistoryParameters.past(People.only(caller), uri.getQueryParameters());
    QueryPage page = Parameters.page(() -> log.list(filter));
    return new PastQueryListView(
        page.queries().stream().map(PastQueryView::of).toList(), page.nextCursor());
  }

  @GET
  @Path("/{query_id}")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(operationId = "getQuery", summary = "Show what was asked, and how it ended")
  @ApiResponse(
      responseCode = "200",
      description = "The query",
      content = @Content(schema = @Schema(implementation = PastQueryView.class)))
  public PastQueryView show(
      @Parameter(hidden = true) @Auth Caller caller, @PathParam("query_id") String id) {
    People.only(caller);
    if (!Uuids.valid(id)) {
      throw unknown();
    }
    PastQuery found =
        log.find(caller.scope(), id, whose(caller)).orElseThrow(HistoryResource::unknown);
    return PastQueryView.of(found);
  }

  @PUT
  @Path("/{query_id}/pin")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "pinQuery",
      summary = "Keep a query in the history for longer than others")
  @ApiResponse(responseCode = "204", description = "It stays until it is unpinned")
  public Response pin(
      @Parameter(hidden = true) @Auth Caller caller, @PathParam("query_id") String id) {
    return pinned(caller, id, true);
  }

  @DELETE
  @Path("/{query_id}/pin")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(operationId = "unpinQuery", summary = "Let the history forget a query in its time")
  @ApiResponse(responseCode = "204", description = "It is forgotten as others are")
  public Response unpin(
      @Parameter(hidden = true) @Auth Caller caller, @PathParam("query_id") String id) {
    return pinned(caller, id, false);
  }

  private Response pinned(Caller caller, String id, boolean pinned) {
    People.only(caller);
    if (!Uuids.valid(id) || !log.pin(caller.scope(), id, whose(caller), pinned)) {
      throw unknown();
    }
    return Response.noContent().build();
  }

  private static @Nullable String whose(Caller caller) {
    return caller.isOperator() ? null : caller.subject();
  }

  private static ProblemException unknown() {
    return new ProblemException(FailureType.NOT_FOUND, "There is no such query in the history.");
  }
}
