package io.tas.dbhub.core.batch;

import io.tas.dbhub.core.model.Scope;

/**
 * How far a batch is.
 *
 * @param run which run of it says so, from 1; 0 where that is not known
 */
public record BatchNews(String batchId, Scope scope, int run, BatchState state) {}
