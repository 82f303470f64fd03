package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.repair.RepairDatabase;
import io.tas.dbhub.core.repair.RepairReport;
import io.tas.dbhub.core.rotate.RotateCredentials;
import io.tas.dbhub.core.update.UpdateDatabase;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;

/** Changes of a database that exists. */
@Path("/databases")
@Tag(name = "databases")
@Produces(MediaType.APPLICATION_JSON)
public final class DatabaseChangesResource {
  private final DatabaseLookup databases;
  private final DatabaseUpdate update;
  private final CredentialRotation rotation;
  private final DatabaseRepair repair;

  DatabaseChangesResource(
      DatabaseLookup databases,
      DatabaseUpdate update,
      CredentialRotation rotation,
      DatabaseRepair repair) {
    this.databases = databases;
    this.update = update;
    this.rotation = rotation;
    this.repair = repair;
  }

  @PUT
  @Path("/{id}")
  @Audited(UpdateDatabase.NAME)
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "updateDatabase",
      summary = "Change a database; what is not given stays",
      description = "Needs the level manage.",
      parameters =
          @Parameter(
              in = ParameterIn.HEADER,
              name = IfMatch.HEADER,
              description = "The ETag of the revision that the change is meant for",
              schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "200",
      description = "It is changed",
      headers = {
        @Header(name = "ETag", schema = @Schema(type = "string")),
        @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = DatabaseView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "It is still being changed",
      headers = @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = UnderwayView.class)))
  public Response update(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Context HttpHeaders headers,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = DatabaseChange.class)))
          InputStream body) {
    ObjectNode sent = JsonBody.read(body);
    return answer(
        id,
        update.update(caller, () -> databases.changeable(caller, id), IfMatch.parse(headers), sent),
        DatabaseView::of,
        Function.identity());
  }

  @POST
  @Path("/{id}/credentials")
  @Audited(RotateCredentials.NAME)
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "rotateCredentials",
      summary = "Change the credentials of a database that is being used",
      description = "Needs the level manage.")
  @ApiResponse(
      responseCode = "200",
      description = "DBHub uses the new ones, and nothing the old ones",
      headers = {
        @Header(name = "ETag", schema = @Schema(type = "string")),
        @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = DatabaseView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "They are still being changed",
      headers = @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = UnderwayView.class)))
  public Response rotate(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = NewCredentials.class)))
          InputStream body) {
    ObjectNode sent = JsonBody.read(body);
    return answer(
        id,
        rotation.rotate(caller, databases.changeable(caller, id), sent),
        DatabaseView::of,
        Function.identity());
  }

  @POST
  @Path("/{id}/repair")
  @Audited(RepairDatabase.NAME)
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.EDITOR)
  @Operation(
      operationId = "repairDatabase",
      summary = "Put back what somebody removed or changed by hand",
      description = "Needs the level manage; the role operator where it is in no list any more.",
      requestBody =
          @RequestBody(
              description = "For a Secret that is gone",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = NewCredentials.class))))
  @ApiResponse(
      responseCode = "200",
      description = "It is whole",
      headers = {
        @Header(name = "ETag", schema = @Schema(type = "string")),
        @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string"))
      },
      content = @Content(schema = @Schema(implementation = RepairedDatabaseView.class)))
  @ApiResponse(
      responseCode = "202",
      description = "It is still being repaired",
      headers = @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = UnderwayView.class)))
  public Response repair(
      @Parameter(hidden = true) @Auth Caller caller,
      @PathParam("id") String id,
      @Parameter(hidden = true) InputStream body) {
    ObjectNode sent =
        JsonBody.readIfAny(body).orElseGet(() -> JsonNodeFactory.instance.objectNode());
    Optional<Database> known =
        databases.find(caller, id, AccessLevel.MANAGE).map(DatabaseLookup::changeable);
    // Whose it was is lost with its node, and so is who may repair it.
    if (known.isEmpty() && !(caller.isOperator() && databases.leftBehind(caller, id))) {
      throw Permissions.unknown();
    }
    return answer(
        id,
        repair.repair(caller, new DatabaseRef(id, caller.scope()), known, sent),
        RepairedDatabaseView::of,
        RepairReport::database);
  }

  private static <R> Response answer(
      String id, Change<R> change, Function<R, Object> view, Function<R, Database> database) {
    if (change instanceof Change.Underway<R> underway) {
      return Answers.underway(id, underway.operation());
    }
    Change.Done<R> done = (Change.Done<R>) change;
    Response.ResponseBuilder response =
        Response.ok(view.apply(done.value())).tag(Answers.tag(database.apply(done.value())));
    done.operation()
        .ifPresent(operation -> response.header(Answers.OPERATION_LOCATION, operation.location()));
    return response.build();
  }
}
