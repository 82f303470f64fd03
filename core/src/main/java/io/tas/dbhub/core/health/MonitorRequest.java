package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * @param resource the Database resource, the owner of the desired connection
 * @param database its node in the inventory; null for a resource made by hand without labels
 * @param state what the run before carried over; null at first
 */
public record MonitorRequest(
    ResourceRef resource, @Nullable DatabaseRef database, @Nullable HealthState state) {}
