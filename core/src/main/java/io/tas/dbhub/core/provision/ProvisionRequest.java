package io.tas.dbhub.core.provision;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.sealing.SealedCredentials;

/**
 * @param credentials sealed for the definition's tenant and id
 */
public record ProvisionRequest(DatabaseDefinition definition, SealedCredentials credentials) {}
