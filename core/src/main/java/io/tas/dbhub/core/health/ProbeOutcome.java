package io.tas.dbhub.core.health;

import org.jspecify.annotations.Nullable;

/**
 * @param gone the Database resource does not exist, or is being deleted
 * @param generation of the resource that was probed; 0 when gone
 * @param diagnosis null when gone
 * @param policy how to go on
 * @param paused the resource says that the connection is set aside: nothing was probed, diagnosis
 *     is null
 * @param digest of what the resource says ({@link io.tas.dbhub.core.model.DefinitionDigest}), to be
 *     compared with the inventory's; null for a resource made by hand
 */
public record ProbeOutcome(
    boolean gone,
    long generation,
    @Nullable Diagnosis diagnosis,
    HealthPolicy policy,
    boolean paused,
    @Nullable String digest) {
  /** Of an active connection that the inventory does not know. */
  public ProbeOutcome(
      boolean gone, long generation, @Nullable Diagnosis diagnosis, HealthPolicy policy) {
    this(gone, generation, diagnosis, policy, false, null);
  }
}
