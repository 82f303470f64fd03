package io.tas.dbhub.core.update;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.sealing.SealedCredentials;
import org.jspecify.annotations.Nullable;

/**
 * @param definition as it shall be, whole
 * @param expectedRevision of the database that the definition was merged with; any other by now and
 *     the update fails with {@code RevisionChanged}
 * @param credentials the given half or both, sealed; null when they stay
 */
public record UpdateRequest(
    DatabaseDefinition definition,
    long expectedRevision,
    @Nullable SealedCredentials credentials) {}
