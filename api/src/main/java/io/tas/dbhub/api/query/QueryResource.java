package io.tas.dbhub.api.query;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.core.audit.QueryChannel;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Asks databases. */
@Path("/databases")
@Tag(name = "query")
@Produces(MediaType.APPLICATION_JSON)
public final class QueryResource {
  private final QueryExecutor executor;

  public QueryResource(QueryExecutor executor) {
    this.executor = executor;
  }

  @POST
  @Path("/query")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "query",
      summary = "Ask a database",
      description = "Needs the level query for reads, and write for what is none.")
  @ApiResponse(
      responseCode = "200",
      description = "The rows",
      content = @Content(schema = @Schema(implementation = QueryAnswer.class)))
  public Response query(
      @Parameter(hidden = true) @Auth Caller caller,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = QueryRequest.class)))
          InputStream body) {
    return execute(caller, body, null);
  }

  @POST
  @Path("/{id}/query")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "queryDatabase",
      summary = "Ask the database of the path",
      description = "Needs the level query for reads, and write for what is none.")
  @ApiResponse(
      responseCode = "200",
      description = "The rows",
      content = @Content(schema = @Schema(implementation = QueryAnswer.class)))
  public Response queryOne(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = QueryRequest.class)))
          InputStream body) {
    return execute(caller, body, id);
  }

  private Response execute(Caller caller, InputStream body, @Nullable String pathId) {
    return answer(executor, QueryRequest.read(caller, body, pathId, QueryChannel.REST));
  }

  /** Runs it, and answers all of it at once. */
  public static Response answer(QueryExecutor executor, QueryCall call) {
    try {
      AnswerBuffer answer = new AnswerBuffer(call.id());
      executor.execute(call, answer);
      Response.ResponseBuilder response =
          Response.ok(answer.json(), MediaType.APPLICATION_JSON_TYPE);
      answer.headers().forEach(response::header);
      return response.build();
    } catch (IOException e) {
      throw QueryProblems.unavailable("The worker broke off.");
    }
  }
}
