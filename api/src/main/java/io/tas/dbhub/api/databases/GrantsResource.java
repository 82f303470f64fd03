package io.tas.dbhub.api.databases;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.audit.AuditDetails;
import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Database;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Who may do what with a database. */
@Path("/databases")
@Tag(name = "grants")
@Produces(MediaType.APPLICATION_JSON)
public final class GrantsResource {
  private final DatabaseLookup databases;
  private final GrantChanges changes;

  GrantsResource(DatabaseLookup databases, GrantChanges changes) {
    this.databases = databases;
    this.changes = changes;
  }

  @GET
  @Path("/{id}/grants")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "getGrants",
      summary = "Show who may do what with a database",
      description =
          "Needs the level view. view: the database exists for one, with its schema and health."
              + " query: to read from it, and to try it. write: statements that are no reads, where"
              + " the connection is not read-only. manage: to change it, take it away, see its"
              + " operations and change these grants. Nobody goes beyond their role: viewer to view,"
              + " analyst to write, editor to manage; operators may do everything in their space.")
  @ApiResponse(
      responseCode = "200",
      description = "All grants, and what the caller may do",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = GrantsView.class)))
  public Response show(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
    Database database = databases.get(caller, id, AccessLevel.VIEW);
    return answer(caller, database);
  }

  @PUT
  @Path("/{id}/grants")
  @Audited(value = "ReplaceGrants", doneHere = true)
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "replaceGrants",
      summary = "Say who may do what with a database; what is not in the list is taken away",
      description = "Needs the level manage. The owner and operators need no grant.",
      parameters =
          @Parameter(
              in = ParameterIn.HEADER,
              name = IfMatch.HEADER,
              description = "The ETag of the grants that the change is meant for",
              schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "200",
      description = "All grants as they are now",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = GrantsView.class)))
  public Response replace(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = NewGrants.class)))
          InputStream body) {
    NewGrants wanted = NewGrants.read(JsonBody.read(body));
    GrantChanges.Changed changed =
        changes.replace(caller, id, IfMatch.parse(headers), wanted.grants());
    AuditDetails.set(request, changed.details());
    return answer(caller, changed.database());
  }

  private static Response answer(Caller caller, Database database) {
    // Nothing for who has just taken their own grant away.
    @Nullable AccessLevel level = Permissions.level(caller, database).orElse(null);
    return Response.ok(GrantsView.of(database, level))
        .tag(new EntityTag(Long.toString(database.grants().revision())))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
