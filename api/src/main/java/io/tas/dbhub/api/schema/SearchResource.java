package io.tas.dbhub.api.schema;

import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds tables and columns in everything the caller sees. */
@Path("/search")
@Tag(name = "schema")
@Produces(MediaType.APPLICATION_JSON)
public final class SearchResource {
  private static final int MAX_TEXT = 200;
  private static final int USUAL_HITS = 20;
  private static final int MOST_HITS = 100;

  private final SchemaCatalogue catalogue;

  public SearchResource(SchemaCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @GET
  @RolesAllowed(Role.Names.VIEWER)
  @Operation(
      operationId = "search",
      summary = "Find databases, tables and columns by name or comment",
      description =
          "In the catalogue of every database of the space on which the caller has the level view."
              + " Each word has to be there, whole or as the beginning of one; names are taken"
              + " apart at underscores and capitals. The best is first.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "q",
            required = true,
            schema = @Schema(type = "string", maxLength = MAX_TEXT)),
        @Parameter(
            in = ParameterIn.QUERY,
            name = "limit",
            schema = @Schema(type = "integer", maximum = "100", defaultValue = "20"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "What was found",
      content = @Content(schema = @Schema(implementation = SearchView.class)))
  public SearchView search(@Parameter(hidden = true) @Auth Caller caller, @Context UriInfo uri) {
    Parameters parameters =
        new Parameters(uri.getQueryParameters(), Set.of("q", "limit"), "a search");
    @Nullable String text =
        parameters.text(
            "q", value -> value.length() <= MAX_TEXT, "has 1 to " + MAX_TEXT + " characters");
    if (text == null) {
      parameters.violate("q", "is needed: what to look for");
    }
    int limit = parameters.number("limit", USUAL_HITS, MOST_HITS);
    parameters.check();
    return SearchView.of(
        catalogue.search(
            caller.scope(), Permissions.onlooker(caller), String.valueOf(text), limit));
  }
}
