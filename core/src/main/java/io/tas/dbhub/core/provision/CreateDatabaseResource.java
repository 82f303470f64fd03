package io.tas.dbhub.core.provision;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;

public record CreateDatabaseResource(DatabaseDefinition definition, ResourceRef secret) {}
