package io.tas.dbhub.core.instance;

import io.tas.dbhub.core.model.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * A database as a DBHub server serves it.
 *
 * @param resource the Database resource
 * @param databaseId its id in the inventory; null for a resource without that label
 * @param sourceId the source's id in DBHub, made of letters, digits and '_' only; the tool to query
 *     it is {@code execute_sql_<sourceId>}
 * @param credentialsRevision of the Secret it was rendered with, see {@link
 *     io.tas.dbhub.core.names.Kubernetes#CREDENTIALS_REVISION}; null where the Secret has none
 */
public record Source(
    ResourceRef resource,
    @Nullable String databaseId,
    String sourceId,
    @Nullable String credentialsRevision) {
  public Source(ResourceRef resource, @Nullable String databaseId, String sourceId) {
    this(resource, databaseId, sourceId, null);
  }
}
