package io.tas.dbhub.api.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Turns everything that a resource throws into a problem document. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  @Context private HttpServletRequest request;

  /** Jersey sets the request: a proxy of the current one. */
  @SuppressWarnings("NullAway.Init")
  public ProblemMapper() {}

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof WebApplicationException refused
        && refused.getResponse().getStatus() < 500) {
      return toResponse(refused);
    }
    ProblemException problem = Problems.of(thrown);
    Response.ResponseBuilder response =
        Response.status(problem.type().httpStatus())
            .type(Problem.MEDIA_TYPE)
            .entity(Problems.document(problem, request));
    Problems.headers(problem, request).forEach(response::header);
    return response.build();
  }

  /** The frame's own refusals. Their texts are not passed on: some quote the request. */
  private Response toResponse(WebApplicationException refused) {
    Response original = refused.getResponse();
    if (original.getStatus() < 400) {
      return original;
    }
    Refusal refusal = Refusal.of(original.getStatus());
    Response.ResponseBuilder response =
        Response.status(original.getStatus())
            .type(Problem.MEDIA_TYPE)
            .entity(
                Problem.of(
                    original.getStatus(),
                    refusal.code(),
                    refusal.detail(),
                    path(),
                    RequestIds.of(request)));
    Object allowed = original.getHeaders().getFirst(HttpHeaders.ALLOW);
    return allowed == null ? response.build() : response.header(HttpHeaders.ALLOW, allowed).build();
  }

  private String path() {
    return request.getRequestURI();
  }
}
