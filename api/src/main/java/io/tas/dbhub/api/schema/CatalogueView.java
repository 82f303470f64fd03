package io.tas.dbhub.api.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.storage.catalogue.SchemaState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the catalogue of a database stands. */
@Schema(name = "Catalogue")
@JsonInclude(JsonInclude.Include.NON_NULL)
record CatalogueView(
    @Schema(description = "0 where the database was never read") long version,
    @Schema(allowableValues = {"propagate", "ignore", "approve"}) String policy,
    @Schema(description = "When the catalogue was last the same as the database")
        @Nullable Instant syncedAt,
    @Schema(description = "How long ago that is, in seconds") @Nullable Long ageSeconds,
    long tables,
    long columns,
    @Schema(description = "The version that waits for an approval") @Nullable Long awaiting,
    @Schema(description = "In what the database differs, where that is ignored or rejected")
        @Nullable Drift drift,
    @Schema(description = "Why the last sync failed; the catalogue is as it was before")
        @Nullable Failure failure) {
  static CatalogueView of(SchemaState state, Instant now) {
    Instant synced = state.syncedAt();
    SchemaState.Awaiting awaiting = state.awaiting();
    SchemaState.Drift drift = state.drift();
    SchemaState.Failure failure = state.failure();
    return new CatalogueView(
        state.version(),
        state.policy().wireName(),
        synced,
        synced == null ? null : (Long) Math.max(0, Duration.between(synced, now).toSeconds()),
        state.totals().tables(),
        state.totals().columns(),
        awaiting == null ? null : (Long) awaiting.version(),
        drift == null ? null : Drift.of(drift),
        failure == null ? null : new Failure(failure.code(), failure.message(), failure.at()));
  }

  /** Tables and views that differ. */
  @Schema(name = "Drift")
  record Drift(long added, long removed, long altered, Instant since) {
    static Drift of(SchemaState.Drift drift) {
      return new Drift(
          drift.totals().added(),
          drift.totals().removed(),
          drift.totals().altered(),
          drift.since());
    }
  }

  /** Why a sync failed. */
  @Schema(name = "SyncFailure")
  record Failure(String code, String message, Instant at) {}
}
