package io.tas.dbhub.core.batch;

import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.model.Scope;

/**
 * @param number of the row in its batch
 * @param standing of whom it is done for
 */
public record RowTask(String batchId, Scope scope, long number, Standing standing) {}
