package io.tas.dbhub.core.provision;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.sealing.SealedCredentials;

/**
 * @param credentials sealed for the definition's tenant and id
 * @param repeatable the id follows from an idempotency key, so an earlier run may have made it
 *     already: then it is answered, and nothing that run made is touched
 */
public record ProvisionRequest(
    DatabaseDefinition definition, SealedCredentials credentials, boolean repeatable) {
  /** A request that nobody can repeat: its id is random. */
  public ProvisionRequest(DatabaseDefinition definition, SealedCredentials credentials) {
    this(definition, credentials, false);
  }
}
