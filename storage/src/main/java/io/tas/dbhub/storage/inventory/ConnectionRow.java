package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;

/** A connection by the names of its parts, as a comparison needs it. */
public record ConnectionRow(DatabaseRef database, ResourceRef secret, ResourceRef resource) {}
