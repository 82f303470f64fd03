package io.tas.dbhub.api.query;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.failure.FailureType;
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
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks databases. */
@Path("/databases")
@Tag(name = "query")
@Produces(MediaType.APPLICATION_JSON)
public final class QueryResource {
  private static final int MAX_QUERY = 100_000;
  private static final int MAX_PARAMETERS = 1_000;
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9._-]{1,100}");

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
                      schema = @Schema(implementation = QueryBody.class)))
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
                      schema = @Schema(implementation = QueryBody.class)))
          InputStream body) {
    return execute(caller, body, id);
  }

  private Response execute(Caller caller, InputStream body, @Nullable String pathId) {
    QueryCall call = call(caller, body, pathId);
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

  private static QueryCall call(Caller caller, InputStream body, @Nullable String pathId) {
    Fields fields = new Fields(JsonBody.read(body));
    String sentId = fields.text("database_id");
    String id = pathId == null ? sentId : pathId;
    if (id == null) {
      fields.require("database_id");
    } else if (sentId != null && !sentId.equals(id)) {
      fields.violate("database_id", "differs from the path's");
    }
    String query = fields.text("query");
    if (query == null) {
      fields.require("query");
    } else if (query.isBlank() || query.length() > MAX_QUERY) {
      fields.violate("query", "has 1 to " + MAX_QUERY + " characters");
    }
    List<JsonNode> parameters = fields.array("parameters");
    if (parameters.size() > MAX_PARAMETERS) {
      fields.violate("parameters", "are at most " + MAX_PARAMETERS);
    }
    if (!parameters.stream().allMatch(JsonNode::isValueNode)) {
      fields.violate("parameters", "are strings, numbers, true, false or null");
    }
    String alias = fields.text("client_query_id");
    if (alias != null && !ALIAS.matcher(alias).matches()) {
      fields.violate("client_query_id", "has 1 to 100 letters, digits, '-', '_' and '.'");
    }
    QueryCall.Limits limits =
        new QueryCall.Limits(atLeastOne(fields, "max_rows"), atLeastOne(fields, "timeout_seconds"));
    if (id == null || query == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    if (!Uuids.valid(id)) {
      throw new ProblemException(FailureType.NOT_FOUND, "There is no such database.");
    }
    return new QueryCall(
        UUID.randomUUID().toString(),
        alias,
        caller,
        QueryChannel.REST,
        id,
        query,
        parameters,
        limits);
  }

  private static @Nullable Integer atLeastOne(Fields fields, String field) {
    Integer value = fields.integer(field);
    if (value != null && value < 1) {
      fields.violate(field, "is at least 1");
    }
    return value;
  }

  @Schema(name = "Query")
  private record QueryBody(
      @Schema(description = "Not needed where the path has it") @Nullable String databaseId,
      @Schema(example = "SELECT id, total FROM orders WHERE status = ?", maxLength = MAX_QUERY)
          String query,
      @Schema(description = "Bound to the placeholders in their order")
          @Nullable List<Object> parameters,
      @Schema(description = "At most as many rows, where the connection allows more")
          @Nullable Integer maxRows,
      @Schema(description = "At most as long, where the connection allows longer")
          @Nullable Integer timeoutSeconds,
      @Schema(description = "By which you can cancel it while it runs, beside its query_id")
          @Nullable String clientQueryId) {}
}
