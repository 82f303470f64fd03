package io.tas.dbhub.api.history;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.storage.journal.QueryLog;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Clock;
import java.util.UUID;

/** What a tenant decides of the history of its queries, in all of its spaces. */
@Path("/settings/queries")
@Tag(name = "history")
@Produces(MediaType.APPLICATION_JSON)
public final class QuerySettingsResource {
  private static final String ACTION = "ChangeQuerySettings";

  private final QueryLog log;
  private final Clock clock;

  public QuerySettingsResource(QueryLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  @GET
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "getQuerySettings",
      summary = "Show whether the tenant keeps the texts of its queries")
  @ApiResponse(
      responseCode = "200",
      description = "The settings",
      content = @Content(schema = @Schema(implementation = Settings.class)))
  public Settings show(@Parameter(hidden = true) @Auth Caller caller) {
    return new Settings(log.storesText(People.only(caller).scope().tenantId()));
  }

  /** It holds for all that is written after the answer. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Audited(ACTION)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "changeQuerySettings",
      summary = "Decide whether the tenant keeps the texts of its queries, or their hashes only",
      description =
          "Without texts, those that are in the history are forgotten within the hour, with what"
              + " was said of failures. Saved queries stay. The audit has hashes only, either way.")
  @ApiResponse(
      responseCode = "200",
      description = "The settings as they are now",
      content = @Content(schema = @Schema(implementation = Settings.class)))
  public Settings change(
      @Parameter(hidden = true) @Auth Caller caller,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = Settings.class)))
          InputStream body) {
    People.only(caller);
    Fields fields = new Fields(JsonBody.read(body));
    Boolean storeText = fields.bool("store_text");
    if (storeText == null) {
      fields.require("store_text");
    }
    if (storeText == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    log.storeText(caller.scope().tenantId(), storeText, entry(caller, storeText));
    return new Settings(storeText);
  }

  private AuditEntry entry(Caller caller, boolean storeText) {
    return new AuditEntry(
        UUID.randomUUID().toString(),
        clock.instant(),
        caller.scope(),
        caller.subject(),
        ACTION,
        "",
        "",
        AuditOutcome.SUCCEEDED,
        null,
        "store_text: " + storeText,
        caller.source());
  }

  /**
   * @param storeText whether the history keeps the texts of queries, or their hashes only
   */
  @Schema(name = "QuerySettings")
  public record Settings(boolean storeText) {}
}
