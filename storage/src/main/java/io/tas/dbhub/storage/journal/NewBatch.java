package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A batch whose rows follow. See {@link Batch}. */
public record NewBatch(
    String id,
    Scope scope,
    BatchKind kind,
    String name,
    String requestedBy,
    String requestedFrom,
    BatchLimits limits,
    @Nullable BatchUpdate update,
    Instant createdAt) {}
