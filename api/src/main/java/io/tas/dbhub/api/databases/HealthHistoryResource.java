package io.tas.dbhub.api.databases;

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
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.health.LatencyHistogram;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.storage.journal.HealthChangePage;
import io.tas.dbhub.storage.journal.HealthHour;
import io.tas.dbhub.storage.journal.HealthLog;
import io.tas.dbhub.storage.journal.HealthPeriod;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a database fared: from the journal, a moment after each check. */
@Path("/databases")
@Tag(name = "databases")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthHistoryResource {
  private final DatabaseLookup databases;
  private final HealthLog log;
  private final Clock clock;

  HealthHistoryResource(DatabaseLookup databases, HealthLog log, Clock clock) {
    this.databases = databases;
    this.log = log;
    this.clock = clock;
  }

  @GET
  @Path("/{id}/health")
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "getHealthHistory",
      summary = "Show how a database fared: availability, latency, every change of its status",
      description =
          "Needs the level view. Checks are counted by the hour, for 90 days; changes are kept for"
              + " 400. What could not be written while the journal was down is missing.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            description = "A day before to, unless given; at most 90 days before it",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "Not itself; now, unless given",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "hours",
            description = "Whether to show every hour, for a chart",
            schema = @Schema(type = "boolean", defaultValue = "false")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            description = "Of the changes",
            schema = @Schema(type = "integer", maximum = "100", defaultValue = "50")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "Of the changes; with the same from and to",
            schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "Figures of the whole period, and one page of the changes",
      content = @Content(schema = @Schema(implementation = HealthHistoryView.class)))
  public HealthHistoryView show(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Context UriInfo uri) {
    Database database = databases.get(caller, id, AccessLevel.VIEW);
    Instant now = clock.instant();
    HealthParameters asked =
        HealthParameters.read(database.definition().ref(), uri.getQueryParameters(), now);
    HealthPeriod period = asked.period();
    HealthChangePage page =
        Parameters.page(() -> log.changes(period, asked.pageSize(), asked.cursor()));
    List<HealthHour> hours = log.hours(period);
    long checks = hours.stream().mapToLong(HealthHour::checks).sum();
    long failures = hours.stream().mapToLong(HealthHour::failures).sum();
    LatencyHistogram took =
        hours.stream()
            .map(HealthHour::latencies)
            .reduce(LatencyHistogram.EMPTY, LatencyHistogram::plus);
    return new HealthHistoryView(
        database.id(),
        period.from(),
        period.to(),
        checks,
        failures,
        checks == 0 ? null : (double) (checks - failures) / checks,
        HealthHistoryView.LatencyView.of(took),
        shares(period, now),
        page.changes().stream().map(HealthHistoryView.ChangeView::of).toList(),
        page.nextCursor(),
        asked.series() ? hours.stream().map(HealthHistoryView.HourView::of).toList() : null);
  }

  /** Of what has not come yet nothing is known. */
  private Map<String, Double> shares(HealthPeriod period, Instant now) {
    Instant end = period.to().isBefore(now) ? period.to() : now;
    Map<String, Double> shares = new TreeMap<>();
    if (period.from().isBefore(end)) {
      double whole = Duration.between(period.from(), end).toMillis();
      log.times(new HealthPeriod(period.database(), period.from(), end))
          .forEach((status, time) -> shares.put(status.wireName(), time.toMillis() / whole));
    }
    return shares;
  }
}
