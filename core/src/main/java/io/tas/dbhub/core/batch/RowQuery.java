package io.tas.dbhub.core.batch;

import io.tas.dbhub.core.model.Scope;

/**
 * @param afterRow only rows of a higher number
 */
public record RowQuery(String batchId, Scope scope, long afterRow, int limit) {}
