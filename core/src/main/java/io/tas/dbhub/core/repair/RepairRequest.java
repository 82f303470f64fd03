package io.tas.dbhub.core.repair;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.sealing.SealedCredentials;
import org.jspecify.annotations.Nullable;

/**
 * @param credentials for a Secret that is gone, both halves, sealed for the database; null when
 *     none were given. For a database that is a file the API always sends empty ones
 */
public record RepairRequest(DatabaseRef database, @Nullable SealedCredentials credentials) {}
