package io.tas.dbhub.api.batches;

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
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** How far a batch is, told as it happens. */
@Path("/batches")
@Tag(name = "batches")
public final class BatchEventsResource {
  private static final String LAST = "Last-Event-ID";

  private final BatchReading reading;
  private final ProgressStreams streams;

  BatchEventsResource(BatchReading reading, ProgressStreams streams) {
    this.reading = reading;
    this.streams = streams;
  }

  @GET
  @Path("/{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "watchBatch",
      summary = "Watch a batch",
      description =
          "Server-sent events: progress at once and whenever something changed, and end with the"
              + " last of it. A stream is closed after ten minutes; ask again with the id of the"
              + " last event.",
      parameters =
          @Parameter(in = ParameterIn.HEADER, name = LAST, schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "200",
      description = "The events",
      content =
          @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = "string")))
  public Response events(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Parameter(hidden = true) @HeaderParam(LAST) @Nullable String last) {
    return Response.ok(streams.open(reading.get(caller, id), last))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        // Proxies that gather answers are asked not to.
        .header("X-Accel-Buffering", "no")
        .build();
  }
}
