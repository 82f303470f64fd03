package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.health.LatencyHistogram;
import java.time.Instant;

/**
 * The checks of a database in one hour.
 *
 * @param hour when it begins
 * @param failures of the checks, those that did not reach the database
 * @param latencies of the others
 */
public record HealthHour(Instant hour, long checks, long failures, LatencyHistogram latencies) {}
