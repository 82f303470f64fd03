package io.tas.dbhub.core.instance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tas.dbhub.core.model.AccessPolicy;
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
 * @param server the name of the server among those of the instance; null for the first one, which
 *     is called like the instance
 * @param searchOnly true where the instance's policy lets nobody run SQL: there is no such tool;
 *     null where it lets
 * @param policy what may be done with it there: the stricter of its own and the instance's; null in
 *     what was written before this was told
 */
// There can be thousands of them in one message, and a message has a limit.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Source(
    ResourceRef resource,
    @Nullable String databaseId,
    String sourceId,
    @Nullable String credentialsRevision,
    @Nullable String server,
    @Nullable Boolean searchOnly,
    @Nullable AccessPolicy policy) {
  public Source(
      ResourceRef resource,
      @Nullable String databaseId,
      String sourceId,
      @Nullable String credentialsRevision) {
    this(resource, databaseId, sourceId, credentialsRevision, null, null, null);
  }

  public Source(ResourceRef resource, @Nullable String databaseId, String sourceId) {
    this(resource, databaseId, sourceId, null, null, null, null);
  }

  /** The same on a server. */
  public Source on(String name) {
    return new Source(
        resource, databaseId, sourceId, credentialsRevision, name, searchOnly, policy);
  }

  /** The same where nobody may run SQL. */
  public Source withoutSql() {
    return new Source(resource, databaseId, sourceId, credentialsRevision, server, true, policy);
  }

  /** The same where that may be done. */
  public Source under(AccessPolicy stricter) {
    return new Source(
        resource, databaseId, sourceId, credentialsRevision, server, searchOnly, stricter);
  }

  /** The name of the server that serves it for an instance. */
  public String serverOf(ResourceRef instance) {
    return server == null ? instance.name() : server;
  }
}
