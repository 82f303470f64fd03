package io.tas.dbhub.api.tokens;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.storage.journal.AgentToken;
import io.tas.dbhub.storage.journal.AgentTokenPage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Tokens for agents. */
@Path("/tokens")
@Tag(name = "tokens")
@Produces(MediaType.APPLICATION_JSON)
public final class TokensResource {
  private static final int MAX_PAGE = 1_000_000;
  private static final int MAX_PAGE_SIZE = 100;

  private final TokenIssuing tokens;

  public TokensResource(TokenIssuing tokens) {
    this.tokens = tokens;
  }

  @POST
  @Audited(value = "IssueToken", doneHere = true)
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "issueToken",
      summary = "Issue a token for an agent",
      description =
          "It acts for who issues it, up to the level, on the databases that are named or on all"
              + " that its issuer sees, in this space. What its issuer may not do, or not any more,"
              + " it may not either. It makes, changes and takes away nothing but rows, and"
              + " issues no tokens.")
  @ApiResponse(
      responseCode = "201",
      description = "The token, shown this once",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = TokenView.class)))
  public Response issue(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = NewToken.Body.class)))
          InputStream body) {
    TokenIssuing.Issued issued =
        tokens.issue(caller, NewToken.read(JsonBody.read(body), tokens.now()));
    AgentToken token = issued.token();
    AuditDetails.about(request, token.id(), token.name());
    AuditDetails.set(request, List.of(detail(token)));
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/api/v1/tokens/" + token.id())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(TokenView.of(token, issued.text().reveal()))
        .build();
  }

  @GET
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listTokens",
      summary = "List one's tokens for agents, newest first; for operators those of the space")
  @ApiResponse(
      responseCode = "200",
      description = "One page",
      content = @Content(schema = @Schema(implementation = TokenListView.class)))
  public TokenListView list(
      @Parameter(hidden = true) @Auth Caller caller,
      @Parameter(schema = @Schema(type = "integer", defaultValue = "1"))
          @QueryParam("page")
          @DefaultValue("1")
          String page,
      @Parameter(schema = @Schema(type = "integer", maximum = "100", defaultValue = "20"))
          @QueryParam("page_size")
          @DefaultValue("20")
          String pageSize) {
    List<Violation> violations = new ArrayList<>();
    int wanted = number("page", page, MAX_PAGE, violations);
    int size = number("page_size", pageSize, MAX_PAGE_SIZE, violations);
    if (!violations.isEmpty()) {
      throw ProblemException.invalid(violations);
    }
    AgentTokenPage found = tokens.list(caller, wanted, size);
    return new TokenListView(
        found.tokens().stream().map(TokenView::of).toList(), found.total(), wanted, size);
  }

  @DELETE
  @Path("/{id}")
  @Audited(value = "RevokeToken", doneHere = true)
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "revokeToken",
      summary = "Revoke a token; for operators also somebody else's",
      description = "Where another API lets it in just now, that ends within five seconds.")
  @ApiResponse(responseCode = "204", description = "It does not hold any more")
  public Response revoke(
      @Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
    if (!Uuids.valid(id)) {
      throw new ProblemException(FailureType.NOT_FOUND, "There is no such token.");
    }
    tokens.revoke(caller, id);
    return Response.noContent().build();
  }

  private static String detail(AgentToken token) {
    List<String> databases = token.databases();
    return "level %s until %s on %s"
        .formatted(
            token.level().wireName(),
            token.expiresAt(),
            databases == null ? "all databases" : String.join(", ", databases));
  }

  private static int number(String name, String sent, int largest, List<Violation> violations) {
    int number = sent.matches("[0-9]{1,9}") ? Integer.parseInt(sent) : 0;
    if (number < 1 || number > largest) {
      violations.add(new Violation(name, "is a number from 1 to " + largest));
    }
    return number;
  }
}
