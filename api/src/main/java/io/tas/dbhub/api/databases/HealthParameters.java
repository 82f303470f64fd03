package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.storage.journal.HealthLog;
import io.tas.dbhub.storage.journal.HealthPeriod;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a database's health; names all that is wrong.
 *
 * @param series whether every hour is asked for
 * @param cursor where a page of changes ended; null for the first
 */
record HealthParameters(
    HealthPeriod period, boolean series, int pageSize, @Nullable String cursor) {
  private static final int MAX_PAGE_SIZE = 100;
  private static final Duration USUAL = Duration.ofDays(1);
  private static final Duration LONGEST = HealthLog.HOURS_KEPT;

  /**
   * @throws ProblemException Invalid
   */
  static HealthParameters read(
      DatabaseRef database, MultivaluedMap<String, String> sent, Instant now) {
    Parameters parameters =
        new Parameters(
            sent, Set.of("from", "to", "hours", "page_size", "cursor"), "a database's health");
    Instant givenTo = parameters.time("to");
    Instant givenFrom = parameters.time("from");
    Boolean series = parameters.bool("hours");
    int pageSize = parameters.pageSize(MAX_PAGE_SIZE);
    Instant to = givenTo == null ? now : givenTo;
    Instant from = givenFrom == null ? to.minus(USUAL) : givenFrom;
    if (!from.isBefore(to)) {
      parameters.violate("from", "is before to, which is now where it is not given");
    } else if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      parameters.violate("from", "is at most " + LONGEST.toDays() + " days before to");
    }
    parameters.check();
    return new HealthParameters(
        new HealthPeriod(database, from, to),
        Boolean.TRUE.equals(series),
        pageSize,
        parameters.given("cursor"));
  }
}
