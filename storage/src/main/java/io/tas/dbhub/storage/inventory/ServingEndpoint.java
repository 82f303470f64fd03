package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.ResourceRef;

/**
 * The way to a database through DBHub.
 *
 * @param instance the DBHubInstance
 * @param endpoint the address of the server of it that serves the database, without {@code /mcp}
 * @param sourceId what the database is called there
 * @param policy what may be done with it there
 */
public record ServingEndpoint(
    ResourceRef instance, String endpoint, String sourceId, AccessPolicy policy) {
  /** Of an instance that did not tell its policy yet: the strictest that is of use. */
  private static final AccessPolicy UNTOLD = new AccessPolicy(true, 1_000);

  public ServingEndpoint(ResourceRef instance, String endpoint, String sourceId) {
    this(instance, endpoint, sourceId, UNTOLD);
  }
}
