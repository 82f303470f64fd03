package io.tas.dbhub.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.audit.AskedQuery;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.storage.journal.PastQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A query of the history as REST shows it. Parameters' values are nowhere kept.
 *
 * @param query not there where the tenant keeps hashes only
 * @param sha256 of the text as it was sent
 * @param error what the user was told; not there when it succeeded
 * @param pinned whether it stays until it is unpinned
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "PastQuery")
public record PastQueryView(
    String id,
    String databaseId,
    @Schema(description = "At the time") String databaseName,
    String actor,
    @Schema(
            implementation = String.class,
            allowableValues = {"rest", "mcp", "export", "schedule"})
        QueryChannel channel,
    @Nullable String query,
    String sha256,
    Instant startedAt,
    long durationMs,
    long rows,
    boolean truncated,
    @Schema(
            implementation = String.class,
            allowableValues = {
              "succeeded",
              "connection",
              "syntax",
              "permission",
              "execution",
              "timeout",
              "readonly",
              "cancelled",
              "limited",
              "unknown"
            })
        QueryOutcome status,
    @Nullable String error,
    boolean pinned) {
  static PastQueryView of(PastQuery past) {
    QueryRecord record = past.query();
    AskedQuery asked = record.asked();
    return new PastQueryView(
        asked.id(),
        asked.databaseId(),
        asked.databaseName(),
        asked.actor(),
        asked.channel(),
        asked.text(),
        asked.sha256(),
        asked.startedAt(),
        record.durationMs(),
        record.rows(),
        record.truncated(),
        record.outcome(),
        record.error().isEmpty() ? null : record.error(),
        past.pinned());
  }
}
