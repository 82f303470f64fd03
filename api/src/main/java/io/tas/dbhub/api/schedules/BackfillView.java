package io.tas.dbhub.api.schedules;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A backfill that was ordered.
 *
 * @param runs that take place, one after the other
 */
@Schema(name = "Backfill")
public record BackfillView(Instant from, Instant to, int runs) {}
