package io.tas.dbhub.api.query;

import java.time.Duration;

/**
 * Bounds of one process.
 *
 * @param concurrent queries that run at once
 * @param within what one query takes at most, its second try included
 */
public record QueryLimits(int concurrent, Duration within) {}
