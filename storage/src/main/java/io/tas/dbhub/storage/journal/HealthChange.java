package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.model.DatabaseStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A database had another status from a moment on.
 *
 * @param from null for the first
 * @param reason a word in CamelCase; empty where none is known
 * @param message for a person; empty when Connected
 */
public record HealthChange(
    Instant at, @Nullable DatabaseStatus from, DatabaseStatus to, String reason, String message) {}
