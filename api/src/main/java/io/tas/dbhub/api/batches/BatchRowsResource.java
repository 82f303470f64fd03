package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.storage.journal.Batch;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What became of each row of a batch. */
@Path("/batches")
@Tag(name = "batches")
public final class BatchRowsResource {
  private static final int MAX_PAGE_SIZE = 1000;
  private static final String JSON = "json";

  private final BatchReading reading;
  private final ObjectMapper json;

  BatchRowsResource(BatchReading reading, ObjectMapper json) {
    this.reading = reading;
    this.json = json;
  }

  @GET
  @Path("/{id}/rows")
  @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "listBatchRows",
      summary = "List the rows of a batch, or get them as a file",
      description =
          "In the order of their numbers. A file has all rows; JSON has one page. No row shows"
              + " credentials.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "state",
            description = "One state, or several with commas between them",
            schema = @Schema(type = "string", example = "failed,attention")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "after",
            description = "Only rows of a higher number",
            schema = @Schema(type = "integer")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "page_size",
            schema = @Schema(type = "integer", maximum = "1000", defaultValue = "50")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "format",
            description = "Instead of an Accept header",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"json", "csv", "ndjson"}))
      })
  @ApiResponse(
      responseCode = "200",
      description = "One page, or all of them",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = BatchRowListView.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
        @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))
      })
  public Response rows(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    Parameters parameters =
        new Parameters(
            uri.getQueryParameters(), Set.of("state", "after", "page_size", "format"), "rows");
    Set<RowState> states = states(parameters);
    String given = parameters.given("after");
    if (given != null && !given.matches("[0-9]{1,9}")) {
      parameters.violate("after", "is the number of a row");
    }
    int pageSize = parameters.pageSize(MAX_PAGE_SIZE);
    String format = parameters.given("format");
    Optional<RowFile> file = format == null ? accepted(headers) : RowFile.of(format);
    if (format != null && file.isEmpty() && !format.equals(JSON)) {
      parameters.violate("format", "is json, csv or ndjson");
    }
    parameters.check();
    long after = given == null ? 0 : Long.parseLong(given);
    Batch batch = reading.get(caller, id);
    return file.isPresent()
        ? file(batch, states, after, file.get())
        : page(batch, states, after, pageSize);
  }

  private static Optional<RowFile> accepted(HttpHeaders headers) {
    MediaType first = headers.getAcceptableMediaTypes().get(0);
    return RowFile.ofMediaType(first.getType() + "/" + first.getSubtype());
  }

  private static Set<RowState> states(Parameters parameters) {
    Set<RowState> states = EnumSet.noneOf(RowState.class);
    String given = parameters.given("state");
    for (String name : given == null ? new String[0] : given.split(",", -1)) {
      try {
        states.add(RowState.parse(name));
      } catch (IllegalArgumentException unknown) {
        parameters.violate(
            "state", "is pending, invalid, running, done, unchanged, failed or attention");
        return states;
      }
    }
    return states;
  }

  private Response page(Batch batch, Set<RowState> states, long after, int pageSize) {
    List<BatchRowView> found = reading.rows(batch, states, after, pageSize + 1);
    boolean last = found.size() <= pageSize;
    List<BatchRowView> shown = last ? found : found.subList(0, pageSize);
    return Response.ok(
            new BatchRowListView(shown, last ? null : (Long) shown.get(pageSize - 1).number()))
        .type(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private Response file(Batch batch, Set<RowState> states, long after, RowFile file) {
    StreamingOutput all = out -> file.write(new AllRows(batch, states, after), json, out);
    return Response.ok(all)
        .type(file.mediaType() + "; charset=utf-8")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"batch-%s.%s\"".formatted(batch.id(), file.wireName()))
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** Page after page. For one thread. */
  private final class AllRows implements RowFile.Pages {
    private final Batch batch;
    private final Set<RowState> states;
    private long after;

    AllRows(Batch batch, Set<RowState> states, long after) {
      this.batch = batch;
      this.states = states;
      this.after = after;
    }

    @Override
    public List<BatchRowView> next() {
      List<BatchRowView> page = reading.rows(batch, states, after, MAX_PAGE_SIZE);
      if (!page.isEmpty()) {
        after = page.get(page.size() - 1).number();
      }
      return page;
    }
  }
}
