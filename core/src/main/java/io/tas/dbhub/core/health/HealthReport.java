package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a check has to write down.
 *
 * @param database null when the inventory has no node for the resource
 * @param message empty when Connected
 */
public record HealthReport(
    ResourceRef resource,
    @Nullable DatabaseRef database,
    DatabaseStatus status,
    String message,
    long generation,
    Instant checkedAt) {}
