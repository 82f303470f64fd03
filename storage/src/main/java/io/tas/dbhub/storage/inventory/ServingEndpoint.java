package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.ResourceRef;

/**
 * The way to a database through DBHub.
 *
 * @param instance the DBHubInstance
 * @param endpoint the address of the server of it that serves the database, without {@code /mcp}
 * @param sourceId what the database is called there
 */
public record ServingEndpoint(ResourceRef instance, String endpoint, String sourceId) {}
