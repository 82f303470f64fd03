package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import java.time.Instant;

/**
 * What was last known of a connection that works.
 *
 * @param policy that the monitor goes by
 * @param at the time of the check
 */
public record QuietCheck(
    ResourceRef resource,
    DatabaseRef database,
    HealthState state,
    HealthPolicy policy,
    Instant at) {}
