package io.tas.dbhub.systemtest.faults;

import java.time.Duration;

/**
 * What a case has come to.
 *
 * @param wrong why it is not as it should be; empty when it is
 */
record Outcome(Case tried, String ended, String wrong, Duration took) {
  boolean right() {
    return wrong.isEmpty();
  }
}
