package io.tas.dbhub.core.update;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;

public record ApplyDatabaseResource(
    DatabaseDefinition definition, ResourceRef resource, ResourceRef secret) {}
