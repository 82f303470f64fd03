package io.tas.dbhub.api.databases;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.LeftoverPage;
import io.tas.dbhub.storage.inventory.ListQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;

/** What is left of connections that are no whole. Deleting it is a person's decision. */
@Path("/leftovers")
@Tag(name = "leftovers")
@Produces(MediaType.APPLICATION_JSON)
public final class LeftoversResource {
  private static final int MAX_PAGE = 1_000_000;

  private final DatabaseInventory inventory;
  private final DatabaseLookup databases;
  private final DatabaseRemoval removal;

  LeftoversResource(
      DatabaseInventory inventory, DatabaseLookup databases, DatabaseRemoval removal) {
    this.inventory = inventory;
    this.databases = databases;
    this.removal = removal;
  }

  @GET
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(operationId = "listLeftovers", summary = "List what is left of connections")
  @ApiResponse(
      responseCode = "200",
      description = "One page, latest first",
      content = @Content(schema = @Schema(implementation = LeftoverListView.class)))
  public LeftoverListView list(
      @Parameter(hidden = true) @Auth Caller caller,
      @Parameter(schema = @Schema(type = "integer", defaultValue = "1"))
          @QueryParam("page")
          @DefaultValue("1")
          String page,
      @Parameter(schema = @Schema(type = "integer", maximum = "100", defaultValue = "20"))
          @QueryParam("page_size")
          @DefaultValue("20")
          String pageSize) {
    List<Violation> violations = new ArrayList<>();
    int wanted = number("page", page, MAX_PAGE, violations);
    int size = number("page_size", pageSize, ListQuery.MAX_PAGE_SIZE, violations);
    if (!violations.isEmpty()) {
      throw ProblemException.invalid(violations);
    }
    LeftoverPage found = inventory.listLeftovers(caller.scope(), wanted, size);
    return new LeftoverListView(
        found.leftovers().stream().map(LeftoverView::of).toList(), found.total(), wanted, size);
  }

  @DELETE
  @Path("/{database_id}")
  @Audited(DeprovisionDatabase.NAME)
  @RolesAllowed(Role.Names.OPERATOR)
  @Operation(
      operationId = "deleteLeftovers",
      summary = "Take away what is left of a database that is in no list any more")
  @ApiResponse(responseCode = "204", description = "Nothing is left")
  @ApiResponse(
      responseCode = "202",
      description = "It is still being taken away",
      headers = @Header(name = Answers.OPERATION_LOCATION, schema = @Schema(type = "string")),
      content = @Content(schema = @Schema(implementation = UnderwayView.class)))
  public Response remove(
      @Parameter(hidden = true) @Auth Caller caller, @PathParam("database_id") String id) {
    if (!databases.leftBehind(caller, id)) {
      throw new ProblemException(
          FailureType.NOT_FOUND, "Nothing is listed that is left of such a database.");
    }
    if (databases.find(caller, id, AccessLevel.VIEW).isPresent()) {
      throw new ProblemException(FailureType.NOT_POSSIBLE_NOW, "The database exists.")
          .withSuggestion("Repair the database, or delete it.");
    }
    return removal
        .removeLeftovers(caller, new DatabaseRef(id, caller.scope()))
        .map(operation -> Answers.underway(id, operation))
        .orElseGet(() -> Response.noContent().build());
  }

  private static int number(String name, String sent, int largest, List<Violation> violations) {
    int number = sent.matches("[0-9]{1,9}") ? Integer.parseInt(sent) : 0;
    if (number < 1 || number > largest) {
      violations.add(new Violation(name, "is a number from 1 to " + largest));
    }
    return number;
  }
}
