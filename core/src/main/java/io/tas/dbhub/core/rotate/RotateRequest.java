package io.tas.dbhub.core.rotate;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.sealing.SealedCredentials;

/**
 * @param credentials the given half or both, sealed for the database
 */
public record RotateRequest(DatabaseRef database, SealedCredentials credentials) {}
