package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a database's node says since a moment: one line on its way into the history of its health.
 *
 * @param at when it was found; two of one database and moment are one
 * @param reason a word in CamelCase, as in {@link io.tas.dbhub.core.names.Reasons}; empty where
 *     nobody knows better than the status itself
 * @param message empty when Connected
 * @param probed null where nothing was probed: no check, but maybe a change
 */
public record HealthSample(
    DatabaseRef database,
    Instant at,
    DatabaseStatus status,
    String reason,
    String message,
    @Nullable ProbeFigures probed) {}
