package io.tas.dbhub.api.errors;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.storage.inventory.InventoryUnavailableException;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told of whatever is thrown, over every way into the API. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private Problems() {}

  /** What nobody foresaw is logged, and its text is kept from the client. */
  public static ProblemException of(Throwable thrown) {
    if (thrown instanceof ProblemException problem) {
      return problem;
    }
    if (thrown instanceof InventoryUnavailableException) {
      return new ProblemException(
          FailureType.INVENTORY_UNAVAILABLE, "The inventory (Neo4j) does not answer now.");
    }
    if (thrown instanceof JournalUnavailableException) {
      return new ProblemException(
          FailureType.JOURNAL_UNAVAILABLE, "The journal does not answer now.");
    }
    LOG.error("unforeseen failure", thrown);
    return new ProblemException(
        FailureType.INTERNAL, "Something went wrong that nothing foresaw. It has been logged.");
  }

  /** How long the client should wait; null when it makes no difference. */
  public static @Nullable Duration retryAfter(ProblemException problem) {
    Duration given = problem.retryAfter();
    return given == null && problem.type().httpStatus() == 503 ? RETRY_AFTER : given;
  }

  /** The document, as an answer to this request. */
  public static Problem document(ProblemException problem, HttpServletRequest request) {
    return Problem.of(problem, request.getRequestURI(), RequestIds.of(request));
  }

  /** The headers that go with it. */
  public static Map<String, String> headers(ProblemException problem, HttpServletRequest request) {
    Map<String, String> headers = new LinkedHashMap<>(problem.headers());
    Duration retryAfter = retryAfter(problem);
    if (retryAfter != null) {
      headers.put(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
    }
    if (problem.type() == FailureType.UNAUTHENTICATED) {
      boolean sent = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
      headers.put(
          HttpHeaders.WWW_AUTHENTICATE,
          "Bearer realm=\"dbhub\"" + (sent ? ", error=\"invalid_token\"" : ""));
    }
    return headers;
  }
}
