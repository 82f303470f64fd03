package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.storage.journal.BatchRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as REST shows it.
 *
 * @param line 0 where there is no file
 * @param errors each with the column it is in
 * @param code of what it failed with, or waits for
 * @param operation the id of the operation that did it, or waits
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "BatchRow")
public record BatchRowView(
    long number,
    long line,
    String name,
    String host,
    @Nullable String databaseId,
    @Schema(
            implementation = String.class,
            allowableValues = {
              "pending",
              "invalid",
              "running",
              "done",
              "unchanged",
              "failed",
              "attention"
            })
        RowState state,
    List<Violation> errors,
    String code,
    String message,
    @Nullable String operation,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {
  static BatchRowView of(BatchRow row) {
    return new BatchRowView(
        row.number(),
        row.line(),
        row.name(),
        row.host(),
        row.databaseId(),
        row.state(),
        row.violations(),
        row.code(),
        row.message(),
        row.operation(),
        row.startedAt(),
        row.endedAt());
  }
}
