package io.tas.dbhub.api.batches;

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
import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.batches.file.Columns;
import io.tas.dbhub.api.batches.file.FileFormat;
import io.tas.dbhub.api.batches.file.RowReader;
import io.tas.dbhub.api.batches.file.UnreadableFileException;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.Batches;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes files that list databases, however large, and holds a page of them at a time. */
@Path("/batches")
@Tag(name = "batches")
@Produces(MediaType.APPLICATION_JSON)
public final class BatchFilesResource {
  private static final long MOST_DROPPED = 512L * 1024 * 1024;

  private final BatchMaking making;
  private final Batches batches;
  private final DatabaseInventory inventory;
  private final CredentialSealer sealer;

  BatchFilesResource(
      BatchMaking making, Batches batches, DatabaseInventory inventory, CredentialSealer sealer) {
    this.making = making;
    this.batches = batches;
    this.inventory = inventory;
    this.sealer = sealer;
  }

  @POST
  @Path("/import")
  @Audited(value = "ImportBatch", doneHere = true)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "importBatch",
      summary = "Make the databases that a file lists",
      description =
          "A dry run, unless dry_run=false: every row is checked and reported. A row whose name a"
              + " database has with the same settings is unchanged; whether it has the same password"
              + " cannot be known. With dry_run=false and rows that break rules nothing is done,"
              + " unless only_valid=true. At most 100000 rows and 512 MiB, in UTF-8, or in UTF-16"
              + " with its byte order mark.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "format",
            description = "Needed where the Content-Type does not say it",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"csv", "json", "ndjson", "toml", "dsn"})),
        @Parameter(in = ParameterIn.QUERY, name = "name", schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "dry_run",
            schema = @Schema(type = "boolean", defaultValue = "true")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "only_valid",
            schema = @Schema(type = "boolean", defaultValue = "false")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "parallelism",
            schema = @Schema(type = "integer", maximum = "64", defaultValue = "16")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "per_host",
            schema = @Schema(type = "integer", maximum = "64", defaultValue = "4")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "stop_after",
            description = "Failed rows; without it, never",
            schema = @Schema(type = "integer", maximum = "100000"))
      })
  @ApiResponse(
      responseCode = "201",
      description = "It is checked",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "It is running",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  public Response importDatabases(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @Context UriInfo uri,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @RequestBody(
              required = true,
              content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = "application/json", schema = @Schema(type = "object")),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
                @Content(mediaType = "application/toml", schema = @Schema(type = "string")),
                @Content(mediaType = "text/plain", schema = @Schema(type = "string"))
              })
          InputStream body) {
    BatchOptions.OfFile file = BatchOptions.read(uri.getQueryParameters(), contentType);
    String id = UUID.randomUUID().toString();
    TakenNames names = new TakenNames(batches, caller.scope(), id);
    RowCheck check = new ImportCheck(caller, id, names, inventory, sealer);
    return made(caller, request, id, BatchKind.IMPORT, file, Columns.IMPORT, check, body);
  }

  @POST
  @Path("/rotate")
  @Audited(value = "RotateBatch", doneHere = true)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "rotateBatch",
      summary = "Give databases the credentials that a file lists",
      description =
          "As /batches/import. Each row has an id or a name, and a username, a password or both.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "format",
            description = "Needed where the Content-Type does not say it",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"csv", "json", "ndjson"})),
        @Parameter(in = ParameterIn.QUERY, name = "name", schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "dry_run",
            schema = @Schema(type = "boolean", defaultValue = "true")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "only_valid",
            schema = @Schema(type = "boolean", defaultValue = "false")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "parallelism",
            schema = @Schema(type = "integer", maximum = "64", defaultValue = "16")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "per_host",
            schema = @Schema(type = "integer", maximum = "64", defaultValue = "4")),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "stop_after",
            schema = @Schema(type = "integer", maximum = "100000"))
      })
  @ApiResponse(
      responseCode = "201",
      description = "It is checked",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "It is running",
      headers = @Header(name = "Location", schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  public Response rotate(
      @Parameter(hidden = true) @Auth Caller caller,
      @Context ContainerRequestContext request,
      @Context UriInfo uri,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @RequestBody(
              required = true,
              content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = "application/json", schema = @Schema(type = "object")),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))
              })
          InputStream body) {
    BatchOptions.OfFile file = BatchOptions.read(uri.getQueryParameters(), contentType);
    if (file.format() == FileFormat.TOML || file.format() == FileFormat.DSN) {
      throw ProblemException.invalid(
          List.of(new Violation("format", "is csv, json or ndjson for credentials")));
    }
    String id = UUID.randomUUID().toString();
    TakenNames names = new TakenNames(batches, caller.scope(), id);
    RowCheck check = new RotationCheck(caller, names, inventory, sealer);
    return made(caller, request, id, BatchKind.ROTATE, file, Columns.ROTATE, check, body);
  }

  private Response made(
      Caller caller,
      ContainerRequestContext request,
      String id,
      BatchKind kind,
      BatchOptions.OfFile file,
      Columns columns,
      RowCheck check,
      InputStream body) {
    try {
      RowReader rows = file.format().open(body, columns);
      return making.make(
          caller, request, id, kind, file.options(), null, new FilePages(rows, check));
    } catch (UnreadableFileException e) {
      drain(body);
      throw ProblemException.invalid(List.of(new Violation("line " + e.line(), e.message())));
    } catch (ProblemException e) {
      drain(body);
      throw e;
    } catch (IOException e) {
      throw new ProblemException(FailureType.INVALID, "The file could not be read to its end.");
    }
  }

  /** Many clients read no answer before they have sent all. */
  private static void drain(InputStream body) {
    byte[] dropped = new byte[8192];
    try {
      long left = MOST_DROPPED;
      for (int read = 0; read >= 0 && left > 0; left -= read) {
        read = body.read(dropped);
      }
    } catch (IOException e) {
      // Then there is nobody to answer.
    }
  }
}
