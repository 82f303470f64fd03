package io.tas.dbhub.core.provision;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.sealing.SealedCredentials;

public record CreateSecret(DatabaseRef database, SealedCredentials credentials) {}
