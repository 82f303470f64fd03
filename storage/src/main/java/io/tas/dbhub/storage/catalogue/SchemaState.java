package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.SchemaPolicy;
import io.tas.dbhub.core.schema.SchemaTotals;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a database's schema, and since when.
 *
 * @param version that the catalogue shows; 0 before the first sync
 * @param name the target's own name; null before the first sync
 * @param digest of all that the catalogue shows; null before the first sync
 * @param syncedAt when the catalogue last was what the target is; null for never
 * @param checkedAt when the target last was read; null for never
 * @param rejectedDigest of what somebody did not want in the catalogue; null for nothing
 * @param failure of the last sync; null when it did not fail
 * @param drift in what the target differs; null when it does not, as far as is known
 * @param awaiting the change that waits for a person; null for none
 */
public record SchemaState(
    SchemaPolicy policy,
    long version,
    @Nullable String name,
    SchemaTotals totals,
    @Nullable String digest,
    @Nullable Instant syncedAt,
    @Nullable Instant checkedAt,
    @Nullable String rejectedDigest,
    @Nullable Failure failure,
    @Nullable Drift drift,
    @Nullable Awaiting awaiting) {

  /** Why the last sync failed. */
  public record Failure(String code, String message, Instant at) {}

  /**
   * @param since when the target was first found to differ
   */
  public record Drift(ChangeTotals totals, Instant since) {}

  /**
   * @param digest of the whole schema that was found
   */
  public record Awaiting(long version, String digest) {}
}
