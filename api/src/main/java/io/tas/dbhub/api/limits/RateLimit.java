package io.tas.dbhub.api.limits;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What somebody has left.
 *
 * @param limit queries within an hour; 0 for as many as one likes
 * @param remaining queries until the reset
 * @param untilReset until all of them may be asked again
 */
public record RateLimit(long limit, long remaining, Duration untilReset) {
  /**
   * The headers {@code RateLimit-Limit}, {@code RateLimit-Remaining} and {@code RateLimit-Reset}
   * (seconds) of an answer; none where there is no limit.
   */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (limit > 0) {
      headers.put("RateLimit-Limit", String.valueOf(limit));
      headers.put("RateLimit-Remaining", String.valueOf(remaining));
      headers.put("RateLimit-Reset", String.valueOf(wholeSeconds().toSeconds()));
    }
    return headers;
  }

  /** Rounded up: who comes back then comes late enough. */
  Duration wholeSeconds() {
    return Duration.ofSeconds(untilReset.plusSeconds(1).minusNanos(1).toSeconds());
  }
}
