package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.sealing.SealedCredentials;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done for a row. See {@link NewRow} and {@link Batch}.
 *
 * @param run counts how often the batch was run: a row that is tried anew is another request
 */
public record RowWork(
    BatchKind kind,
    @Nullable BatchUpdate update,
    int run,
    RowState state,
    String name,
    @Nullable String databaseId,
    @Nullable DatabaseDefinition definition,
    @Nullable SealedCredentials sealed) {}
