package io.tas.dbhub.core.health;

import io.tas.dbhub.core.adoption.Claim;
import org.jspecify.annotations.Nullable;

/**
 * @param gone the Database resource does not exist, is being deleted, or is another one of its name
 * @param generation of the resource that was probed; 0 when gone
 * @param diagnosis null when gone
 * @param policy how to go on
 * @param paused the resource says that the connection is set aside: nothing was probed, diagnosis
 *     is null
 * @param digest of what the resource says ({@link io.tas.dbhub.core.model.DefinitionDigest}), to be
 *     compared with the inventory's; null for a resource made by hand
 * @param claim what a resource made by hand says of its place in the inventory; null for one that
 *     says nothing of it, and for one that the control plane made
 * @param login what was found of the login's rights; null where it was not looked at
 */
public record ProbeOutcome(
    boolean gone,
    long generation,
    @Nullable Diagnosis diagnosis,
    HealthPolicy policy,
    boolean paused,
    @Nullable String digest,
    @Nullable Claim claim,
    @Nullable LoginFinding login) {
  /** Of a login that nobody looked at. */
  public ProbeOutcome(
      boolean gone,
      long generation,
      @Nullable Diagnosis diagnosis,
      HealthPolicy policy,
      boolean paused,
      @Nullable String digest,
      @Nullable Claim claim) {
    this(gone, generation, diagnosis, policy, paused, digest, claim, null);
  }

  /** Of a resource that does not ask for a place in the inventory. */
  public ProbeOutcome(
      boolean gone,
      long generation,
      @Nullable Diagnosis diagnosis,
      HealthPolicy policy,
      boolean paused,
      @Nullable String digest) {
    this(gone, generation, diagnosis, policy, paused, digest, null, null);
  }

  /** Of an active connection that the inventory does not know. */
  public ProbeOutcome(
      boolean gone, long generation, @Nullable Diagnosis diagnosis, HealthPolicy policy) {
    this(gone, generation, diagnosis, policy, false, null);
  }
}
