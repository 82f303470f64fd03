package io.tas.dbhub.api.openapi;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The OpenAPI document, for everybody. */
@Hidden
@Path("/openapi.json")
public final class OpenApiResource {
  private final String document = OpenApiDocument.generate();

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String document() {
    return document;
  }
}
