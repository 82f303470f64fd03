package io.tas.dbhub.api.schedules;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.audit.AuditDetails;
import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.errors.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done with a schedule that is there. */
@Path("/schedules")
@Tag(name = "schedules")
@Produces(MediaType.APPLICATION_JSON)
public final class ScheduleActionsResource {
  private static final int MAX_PAGE_SIZE = 100;

  private final ScheduleReader reader;
  private final ScheduleControl control;
  private final Clock clock;

  ScheduleActionsResource(ScheduleReader reader, ScheduleControl control, Clock clock) {
    this.reader = reader;
    this.control = control;
    this.clock = clock;
  }

  @GET
  @Path("/{id}/runs")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "listScheduleRuns",
      summary = "List a schedule's runs, latest first",
      description = "As long as Temporal keeps them.",
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
      content = @Content(schema = @Schema(implementation = ScheduleRunListView.class)))
  public ScheduleRunListView runs(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Context UriInfo uri) {
    Parameters parameters =
        new Parameters(uri.getQueryParameters(), Set.of("page_size", "cursor"), "runs");
    int pageSize = parameters.pageSize(MAX_PAGE_SIZE);
    parameters.check();
    return reader.runs(caller, reader.get(caller, id), pageSize, parameters.given("cursor"));
  }

  @POST
  @Path("/{id}/pause")
  @Audited(value = "PauseSchedule", doneHere = true)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(operationId = "pauseSchedule", summary = "Let no further run take place by itself")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now",
      content = @Content(schema = @Schema(implementation = ScheduleView.class)))
  public Response pause(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = NoteBody.class)))
          InputStream body) {
    String note = note(body);
    control.pause(caller, audited(caller, request, id), note);
    return shown(caller, id);
  }

  @POST
  @Path("/{id}/resume")
  @Audited(value = "ResumeSchedule", doneHere = true)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "resumeSchedule",
      summary = "Let runs take place again",
      description = "Those that were due meanwhile are not made up for: that is a backfill.")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now",
      content = @Content(schema = @Schema(implementation = ScheduleView.class)))
  public Response resume(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = NoteBody.class)))
          InputStream body) {
    String note = note(body);
    control.resume(caller, audited(caller, request, id), note);
    return shown(caller, id);
  }

  @POST
  @Path("/{id}/trigger")
  @Audited(value = "TriggerSchedule", doneHere = true)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "triggerSchedule",
      summary = "Let a run take place now",
      description = "Also of one that is paused. While a run is going its overlap policy decides.")
  @ApiResponse(responseCode = "202", description = "Temporal begins it")
  public Response trigger(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id) {
    control.trigger(audited(caller, request, id));
    return Response.accepted().build();
  }

  @POST
  @Path("/{id}/backfill")
  @Consumes(MediaType.APPLICATION_JSON)
  @Audited(value = "BackfillSchedule", doneHere = true)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "backfillSchedule",
      summary = "Make up for the runs of a time",
      description =
          "As many as would have taken place from its first moment to its last, at most 100, one"
              + " after the other, whatever took place then.")
  @ApiResponse(
      responseCode = "202",
      description = "Temporal begins them",
      content = @Content(schema = @Schema(implementation = BackfillView.class)))
  public Response backfill(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = BackfillFields.Body.class)))
          InputStream body) {
    BackfillFields time = BackfillFields.read(JsonBody.read(body), clock.instant());
    int runs = control.backfill(audited(caller, request, id), time);
    AuditDetails.set(request, List.of("%s to %s: %d runs".formatted(time.from(), time.to(), runs)));
    return Response.accepted(new BackfillView(time.from(), time.to(), runs)).build();
  }

  /** Why, for people. */
  @Schema(name = "ScheduleNote")
  record NoteBody(@Schema(maxLength = ScheduleFields.MAX_NOTE) @Nullable String note) {}

  private static @Nullable String note(InputStream body) {
    Optional<Fields> fields = JsonBody.readIfAny(body).map(Fields::new);
    if (fields.isEmpty()) {
      return null;
    }
    String note = ScheduleFields.note(fields.get());
    if (!fields.get().violations().isEmpty()) {
      throw ProblemException.invalid(fields.get().violations());
    }
    return note;
  }

  private StoredSchedule audited(Caller caller, ContainerRequestContext request, String id) {
    StoredSchedule schedule = reader.get(caller, id);
    AuditDetails.about(request, id, schedule.name());
    return schedule;
  }

  private Response shown(Caller caller, String id) {
    StoredSchedule now = reader.get(caller, id);
    return Response.ok(reader.view(caller, now)).tag(now.tag()).build();
  }
}
