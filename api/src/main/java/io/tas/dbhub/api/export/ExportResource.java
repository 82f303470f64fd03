package io.tas.dbhub.api.export;

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
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.query.QueryCall;
import io.tas.dbhub.api.query.QueryExecutor;
import io.tas.dbhub.api.query.QueryRequest;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.model.Violation;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Answers as files, streamed up to the connection's limit of rows. */
@Path("/databases")
@Tag(name = "query")
public final class ExportResource {
  private final QueryExecutor queries;
  private final Executor threads;

  /**
   * @param threads one for each export; the caller stops them
   */
  public ExportResource(QueryExecutor queries, Executor threads) {
    this.queries = queries;
    this.threads = threads;
  }

  @POST
  @Path("/{id}/export")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.ANALYST)
  @Operation(
      operationId = "exportQuery",
      summary = "Ask a database for a file",
      description =
          "One statement, up to the connection's max_rows. Its first row comes within the"
              + " connection's query_timeout; the rest may take ten minutes unless configured"
              + " otherwise. Needs the level query. Where the query"
              + " fails after the file began, the transfer breaks off; whether rows were cut is told"
              + " by GET /queries/{id} with the id in X-Query-Id.")
  @ApiResponse(
      responseCode = "200",
      description = "The file",
      content = {
        @Content(mediaType = "text/csv", schema = @Schema(type = "string", format = "binary")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = "string", format = "binary")),
        @Content(
            mediaType = "application/x-ndjson",
            schema = @Schema(type = "string", format = "binary")),
        @Content(
            mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            schema = @Schema(type = "string", format = "binary"))
      })
  public Response export(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Parameter(
              schema =
                  @Schema(
                      allowableValues = {"csv", "json", "ndjson", "xlsx"},
                      defaultValue = "csv"))
          @QueryParam("format")
          @Nullable String format,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = QueryRequest.class)))
          InputStream body)
      throws IOException, InterruptedException {
    ExportFormat chosen =
        ExportFormat.of(format == null ? "csv" : format)
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        List.of(new Violation("format", "is csv, json, ndjson or xlsx"))));
    QueryCall call = QueryRequest.read(caller, body, id, QueryChannel.EXPORT);
    ExportStream stream = new ExportStream(chosen);
    ExportStream.Begun begun = stream.begin(queries, call, threads);
    StreamingOutput file = stream::copyTo;
    Response.ResponseBuilder response =
        Response.ok(file)
            .header(HttpHeaders.CONTENT_TYPE, chosen.mediaType())
            .header(
                HttpHeaders.CONTENT_DISPOSITION,
                disposition(begun.database().definition().name(), chosen))
            .header("X-Query-Id", call.id())
            .header("X-Content-Type-Options", "nosniff");
    begun.left().headers().forEach(response::header);
    return response.build();
  }

  /** For programs that read ASCII only, and for the others (RFC 6266). */
  private static String disposition(String name, ExportFormat format) {
    String ascii = name.replaceAll("[^A-Za-z0-9._-]+", "_");
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "attachment; filename=\"%s.%s\"; filename*=UTF-8''%s.%s"
        .formatted(ascii, format.wireName(), encoded.replace("*", "%2A"), format.wireName());
  }
}
