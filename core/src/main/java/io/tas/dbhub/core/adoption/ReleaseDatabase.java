package io.tas.dbhub.core.adoption;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;

/**
 * @param resource that the node is of; another resource's node stays
 */
public record ReleaseDatabase(DatabaseRef database, ResourceRef resource) {}
