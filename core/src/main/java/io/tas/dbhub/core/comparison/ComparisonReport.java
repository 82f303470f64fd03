package io.tas.dbhub.core.comparison;

import java.time.Instant;

/**
 * @param connections compared
 * @param incomplete connections that miss their Secret or resource; each is Failed in the inventory
 * @param leftovers listed in the inventory
 */
public record ComparisonReport(
    Instant comparedAt, long connections, long incomplete, long leftovers) {}
