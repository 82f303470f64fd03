package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.model.DatabaseRef;
import java.time.Instant;

/**
 * A database for a while.
 *
 * @param from not after to
 * @param to not itself
 */
public record HealthPeriod(DatabaseRef database, Instant from, Instant to) {
  public HealthPeriod {
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("a period ends after it begins");
    }
  }
}
