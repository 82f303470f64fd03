package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A query with a name.
 *
 * @param id a UUID
 * @param owner the subject who saved it
 * @param name unique among its owner's in the space
 * @param databaseId the database it is meant for; null for none in particular
 * @param shared whether all of the space see it
 */
public record SavedQuery(
    String id,
    Scope scope,
    String owner,
    String name,
    String description,
    @Nullable String databaseId,
    String query,
    boolean shared,
    Instant createdAt,
    Instant updatedAt) {}
