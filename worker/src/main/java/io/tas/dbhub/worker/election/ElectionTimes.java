package io.tas.dbhub.worker.election;

import java.time.Duration;

/**
 * How long things take in an election.
 *
 * @param lease how long others wait for a leader that is silent
 * @param giveUp how long a leader that cannot renew goes on. What is left of the lease is for
 *     ending
 * @param renew how often a leader renews, and those who wait look
 * @param retry the pause of a leader after a renewal that failed
 */
public record ElectionTimes(Duration lease, Duration giveUp, Duration renew, Duration retry) {
  private static final int RENEWALS = 5;
  private static final int GIVE_UP = 4;
  private static final int RETRIES = 3;

  /** The usual parts of a lease. */
  public static ElectionTimes of(Duration lease) {
    Duration renew = lease.dividedBy(RENEWALS);
    return new ElectionTimes(lease, renew.multipliedBy(GIVE_UP), renew, renew.dividedBy(RETRIES));
  }

  public ElectionTimes {
    if (giveUp.compareTo(lease) >= 0 || renew.compareTo(giveUp) >= 0) {
      throw new IllegalArgumentException("a leader renews, and gives up, before others take over");
    }
  }
}
