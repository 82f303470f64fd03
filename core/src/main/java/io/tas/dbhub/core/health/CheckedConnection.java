package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * @param state what was found and is written down, for the monitor to go on from; null when nothing
 *     could be found out soon, and the monitor has to probe itself
 */
public record CheckedConnection(
    String monitorId, ResourceRef resource, @Nullable HealthState state) {}
