package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.databases.IfMatch;
import io.tas.dbhub.core.model.Sha256;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The schedules of the caller's space. */
@Path("/schedules")
@Tag(name = "schedules")
@Produces(MediaType.APPLICATION_JSON)
public final class SchedulesResource {
  private static final String KEY = "Idempotency-Key";
  private static final int MAX_PAGE_SIZE = 100;

  private final ScheduleReader reader;
  private final ScheduleControl control;
  private final ScheduleWebhooks webhooks;

  SchedulesResource(ScheduleReader reader, ScheduleControl control, ScheduleWebhooks webhooks) {
    this.reader = reader;
    this.control = control;
    this.webhooks = webhooks;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Audited(value = "CreateSchedule", doneHere = true)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "createSchedule",
      summary = "Have something done by itself",
      description =
          "Of kind sync, test or query. It acts with the rights of who makes it, as they are now, on"
              + " databases on which they have the level query. A sync for which nobody says when is"
              + " daily. What a query asks everybody reads who sees the schedule, and its results"
              + " who may query the database.",
      parameters =
          @Parameter(
              in = ParameterIn.HEADER,
              name = KEY,
              description = "The same request with the same key answers the same schedule",
              schema = @Schema(type = "string", maxLength = 255)))
  @ApiResponse(
      responseCode = "201",
      description = "It is there",
      headers = {
        @Header(name = "Location", schema = @Schema(type = "string")),
        @Header(name = "ETag", schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = ScheduleView.class)))
  public Response create(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @Parameter(hidden = true) @HeaderParam(KEY) @Nullable String key,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ScheduleFields.Body.class)))
          InputStream body) {
    ObjectNode sent = JsonBody.read(body);
    ScheduleFields fields = ScheduleFields.read(sent);
    String made =
        key == null
            ? UUID.randomUUID().toString()
            // The secret of a webhook is for who made it: another's key is another one.
            : Sha256.hex(caller.subject() + "\n" + key + "\n" + sent.toString());
    StoredSchedule schedule = control.create(caller, fields, made);
    AuditDetails.about(request, schedule.id(), schedule.name());
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/api/v1/schedules/" + schedule.id())
        .tag(schedule.tag())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(reader.view(caller, schedule).with(webhooks.secret(schedule)))
        .build();
  }

  @GET
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listSchedules",
      summary = "List schedules",
      description = "Changes show in it a moment later; one by its id is always as it is.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "100", defaultValue = "50")),
        @Parameter(in = ParameterIn.QUERY, name = "cursor", schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "One page",
      content = @Content(schema = @Schema(implementation = ScheduleListView.class)))
  public ScheduleListView list(
      @Parameter(hidden = true) @Auth Caller caller, @Context UriInfo uri) {
    Parameters parameters =
        new Parameters(uri.getQueryParameters(), Set.of("page_size", "cursor"), "schedules");
    int pageSize = parameters.pageSize(MAX_PAGE_SIZE);
    parameters.check();
    return reader.list(caller, pageSize, parameters.given("cursor"));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "getSchedule",
      summary = "Show a schedule, its next runs and what its last ones came to",
      description = "Databases that do not exist for the caller are not shown.")
  @ApiResponse(
      responseCode = "200",
      description = "The schedule",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = ScheduleView.class)))
  public Response show(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") String id) {
    StoredSchedule schedule = reader.get(caller, id);
    return Response.ok(reader.view(caller, schedule))
        .tag(schedule.tag())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Audited(value = "UpdateSchedule", doneHere = true)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "replaceSchedule",
      summary = "Say anew what a schedule does",
      description =
          "All fields: what is left out is as if it were made anew, but for paused and note, which"
              + " stay. Name and kind cannot change. From then on it acts with the rights of who"
              + " changes it.",
      parameters =
          @Parameter(
              in = ParameterIn.HEADER,
              name = IfMatch.HEADER,
              description = "The ETag of the state that the change is meant for",
              schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "200",
      description = "As it is now",
      headers = @Header(name = "ETag", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = ScheduleView.class)))
  public Response replace(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @Context HttpHeaders headers,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ScheduleFields.Body.class)))
          InputStream body) {
    StoredSchedule read = reader.get(caller, id);
    AuditDetails.about(request, id, read.name());
    if (!IfMatch.parse(headers).matches(read.tag())) {
      throw ScheduleControl.changed();
    }
    StoredSchedule now = control.update(caller, read, ScheduleFields.read(JsonBody.read(body)));
    ScheduleView view = reader.view(caller, now);
    boolean made = webhooks.secret(read) == null;
    return Response.ok(made ? view.with(webhooks.secret(now)) : view)
        .tag(now.tag())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  @DELETE
  @Path("/{id}")
  @Audited(value = "DeleteSchedule", doneHere = true)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "deleteSchedule",
      summary = "Delete a schedule",
      description = "With its results. A run that is going goes on to its end.")
  @ApiResponse(responseCode = "204", description = "It is gone")
  public Response delete(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id) {
    StoredSchedule schedule = reader.get(caller, id);
    AuditDetails.about(request, id, schedule.name());
    control.delete(schedule);
    return Response.noContent().build();
  }
}
