package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a check has to write down.
 *
 * @param database null when the inventory has no node for the resource
 * @param message empty when Connected
 * @param digest of the definition that was probed; one that is not the inventory's is a resource
 *     that was changed by hand, and the node becomes Failed and says so. Null when unknown
 */
public record HealthReport(
    ResourceRef resource,
    @Nullable DatabaseRef database,
    DatabaseStatus status,
    String message,
    long generation,
    Instant checkedAt,
    @Nullable String digest) {
  /** Of a connection whose definition is not compared. */
  public HealthReport(
      ResourceRef resource,
      @Nullable DatabaseRef database,
      DatabaseStatus status,
      String message,
      long generation,
      Instant checkedAt) {
    this(resource, database, status, message, generation, checkedAt, null);
  }
}
