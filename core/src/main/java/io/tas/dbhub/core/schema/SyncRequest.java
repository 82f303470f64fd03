package io.tas.dbhub.core.schema;

import io.tas.dbhub.core.model.DatabaseRef;

/** Whose schema to sync. */
public record SyncRequest(DatabaseRef database) {}
