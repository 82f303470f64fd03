package io.tas.dbhub.api.audit;

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
import io.tas.dbhub.storage.journal.AuditPage;
import io.tas.dbhub.storage.journal.AuditQuery;
import io.tas.dbhub.storage.journal.Journal;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** Who did what in the caller's tenant. */
@Path("/audit")
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
  private final Journal journal;

  public AuditResource(Journal journal) {
    this.journal = journal;
  }

  @GET
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "listAudit",
      summary = "List who did what in the tenant, newest first",
      parameters = {
        @Parameter(in = ParameterIn.QUERY, name = "actor", schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "action", schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "object_id", schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "outcome",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {
                      "succeeded",
                      "failed",
                      "cancelled",
                      "abandoned",
                      "refused"
                    })),
        @Parameter(in = ParameterIn.QUERY, name = "space", schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "Not itself",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "100", defaultValue = "50")),
        @Parameter(in = ParameterIn.QUERY, name = "cursor", schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "One page",
      content = @Content(schema = @Schema(implementation = AuditListView.class)))
  public AuditListView list(@Parameter(hidden = true) @Auth Caller caller, @Context UriInfo uri) {
    AuditQuery query = AuditParameters.read(caller.scope().tenantId(), uri.getQueryParameters());
    AuditPage page = Parameters.page(() -> journal.list(query));
    return new AuditListView(
        page.entries().stream().map(AuditEntryView::of).toList(), page.nextCursor());
  }
}
