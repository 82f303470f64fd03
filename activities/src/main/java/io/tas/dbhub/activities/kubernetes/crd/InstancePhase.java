package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an instance is. */
public enum InstancePhase {
  /** The first rollout is under way. */
  @JsonProperty("Pending")
  PENDING,
  /** Every replica runs the applied configuration and serves every selected database. */
  @JsonProperty("Running")
  RUNNING,
  /** It serves, but a replica or a database is missing. */
  @JsonProperty("Degraded")
  DEGRADED,
  /** Nothing serves, and waiting will not change that. */
  @JsonProperty("Failed")
  FAILED
}
