package io.tas.dbhub.core.update;

import io.tas.dbhub.core.model.DatabaseDefinition;

/**
 * @param expectedRevision of the node before the update
 */
public record UpdateInventoryNode(DatabaseDefinition definition, long expectedRevision) {}
