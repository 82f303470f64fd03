package io.tas.dbhub.core.adoption;

import java.time.Duration;
import java.time.Instant;

/**
 * What a monitor knows of its resource's place in the inventory.
 *
 * @param claim the last one that was looked at
 * @param decidedAtMillis when, epoch milliseconds
 */
public record Adoption(Claim claim, AdoptionResult result, long decidedAtMillis) {
  public boolean adopted() {
    return result.adopted();
  }

  /**
   * Whether there is nothing to do: the node says what the resource says, and was made sure of not
   * too long ago. What was refused is looked at each time, because the cure is somebody else's.
   */
  public boolean holds(Claim now, Instant time, Duration refresh) {
    return adopted()
        && claim.equals(now)
        && time.toEpochMilli() - decidedAtMillis < refresh.toMillis();
  }
}
