package io.tas.dbhub.core.update;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;

public record SealCredentials(DatabaseRef database, ResourceRef secret) {}
