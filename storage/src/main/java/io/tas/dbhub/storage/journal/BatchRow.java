package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Violation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row and what became of it; never its credentials.
 *
 * @param number see {@link NewRow}, as for what follows it
 * @param code the type of the failure, or of what is waited for; empty where there is none
 * @param message says it in words; empty where there is nothing to say
 * @param operation the id of the operation that did it, or waits; null where there was none
 * @param startedAt null before it was begun
 * @param endedAt null before it came to an end
 */
public record BatchRow(
    long number,
    long line,
    String name,
    String host,
    @Nullable String databaseId,
    RowState state,
    List<Violation> violations,
    String code,
    String message,
    @Nullable String operation,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {
  public BatchRow {
    violations = List.copyOf(violations);
  }
}
