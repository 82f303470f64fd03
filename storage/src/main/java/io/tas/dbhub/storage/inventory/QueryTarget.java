package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.Database;
import java.util.Optional;

/**
 * What has to be known of a database before it is asked.
 *
 * @param endpoint of the instance that serves it; empty where none does
 */
public record QueryTarget(Database database, Optional<ServingEndpoint> endpoint) {}
