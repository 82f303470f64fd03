package io.tas.dbhub.api.errors;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.storage.inventory.InventoryUnavailableException;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns everything that is thrown into a problem document. What nobody foresaw is logged and
 * answered with the request's id alone.
 */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  @Context private HttpServletRequest request;

  /** Jersey sets the request: a proxy of the current one. */
  @SuppressWarnings("NullAway.Init")
  public ProblemMapper() {}

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof ProblemException problem) {
      return toResponse(problem);
    }
    if (thrown instanceof InventoryUnavailableException) {
      return toResponse(
          new ProblemException(
              FailureType.INVENTORY_UNAVAILABLE, "The inventory (Neo4j) does not answer now."));
    }
    if (thrown instanceof JournalUnavailableException) {
      return toResponse(
          new ProblemException(
              FailureType.JOURNAL_UNAVAILABLE, "The journal does not answer now."));
    }
    if (thrown instanceof WebApplicationException refused
        && refused.getResponse().getStatus() < 500) {
      return toResponse(refused);
    }
    LOG.error("unforeseen failure", thrown);
    return toResponse(
        new ProblemException(
            FailureType.INTERNAL,
            "Something went wrong that nothing foresaw. It has been logged."));
  }

  private Response toResponse(ProblemException problem) {
    Response.ResponseBuilder response =
        Response.status(problem.type().httpStatus())
            .type(Problem.MEDIA_TYPE)
            .entity(Problem.of(problem, path(), RequestIds.of(request)));
    problem.headers().forEach(response::header);
    Duration retryAfter = problem.retryAfter();
    if (retryAfter == null && problem.type().httpStatus() == 503) {
      retryAfter = RETRY_AFTER;
    }
    if (retryAfter != null) {
      response.header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.toSeconds()));
    }
    if (problem.type() == FailureType.UNAUTHENTICATED) {
      boolean sent = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
      response.header(
          HttpHeaders.WWW_AUTHENTICATE,
          "Bearer realm=\"dbhub\"" + (sent ? ", error=\"invalid_token\"" : ""));
    }
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
