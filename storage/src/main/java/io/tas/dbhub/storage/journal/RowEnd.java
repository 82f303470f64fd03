package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.RowState;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row. See {@link BatchRow}.
 *
 * @param state {@code DONE}, {@code UNCHANGED}, {@code FAILED} or {@code ATTENTION}
 */
public record RowEnd(RowState state, String code, String message, @Nullable String operation) {}
