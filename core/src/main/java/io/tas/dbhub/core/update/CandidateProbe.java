package io.tas.dbhub.core.update;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.sealing.SealedCredentials;
import org.jspecify.annotations.Nullable;

/**
 * @param secret whose credentials are used where {@code credentials} gives none; null where there
 *     is no Secret
 * @param credentials the given half or both; null when they stay
 */
public record CandidateProbe(
    DatabaseDefinition definition,
    @Nullable ResourceRef secret,
    @Nullable SealedCredentials credentials) {}
