package io.tas.dbhub.api.limits;

import com.codahale.metrics.MetricRegistry;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.QueryRates;
import java.time.Duration;
import java.util.Optional;

/**
 * Refuses the queries of who has asked as many within an hour as {@link QueryRates} counts.
 * Thread-safe.
 */
public final class RateLimits {
  private final QueryRates rates;

  /**
   * @param perHour 0 for as many as one likes
   * @param shared empty where each API counts for itself
   */
  public RateLimits(int perHour, Optional<QueryRates.Shared> shared, MetricRegistry metrics) {
    this.rates = new QueryRates(perHour, shared, metrics);
  }

  RateLimits(
      int perHour,
      Optional<QueryRates.Shared> shared,
      Duration beforeAskingAgain,
      MetricRegistry metrics) {
    this.rates = new QueryRates(perHour, shared, beforeAskingAgain, metrics);
  }

  /**
   * Takes one query from what somebody has left.
   *
   * @throws ProblemException TooManyRequests when there is none, with the headers of {@link
   *     RateLimit#headers}
   */
  public RateLimit take(Scope scope, String subject) {
    QueryRates.Count count = rates.take(scope, subject);
    RateLimit left = new RateLimit(count.limit(), count.remaining(), count.untilReset());
    if (!count.taken()) {
      throw new ProblemException(
              FailureType.TOO_MANY_REQUESTS,
              "You have asked as many queries as one may within an hour: " + count.limit() + ".")
          .withSuggestion(
              "Wait for %d seconds, ask for more with fewer queries, or ask who runs the control"
                      .formatted(left.wholeSeconds().toSeconds())
                  + " plane for a higher limit (queries.perHour).")
          .withRetryAfter(left.wholeSeconds())
          .withHeaders(left.headers());
    }
    return left;
  }
}
