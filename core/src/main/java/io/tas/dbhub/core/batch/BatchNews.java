package io.tas.dbhub.core.batch;

import io.tas.dbhub.core.model.Scope;

public record BatchNews(String batchId, Scope scope, BatchState state) {}
