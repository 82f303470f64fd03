package io.tas.dbhub.core.health;

import org.jspecify.annotations.Nullable;

/**
 * @param gone the Database resource does not exist, or is being deleted
 * @param generation of the resource that was probed; 0 when gone
 * @param diagnosis null when gone
 * @param policy how to go on
 */
public record ProbeOutcome(
    boolean gone, long generation, @Nullable Diagnosis diagnosis, HealthPolicy policy) {}
