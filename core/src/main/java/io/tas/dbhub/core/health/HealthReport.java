package io.tas.dbhub.core.health;

import io.tas.dbhub.core.adoption.AdoptionResult;
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
 * @param reason a word in CamelCase for the status, as in {@link io.tas.dbhub.core.names.Reasons};
 *     null where nobody knows better than the status itself
 * @param uid of the resource that was probed: another one's status is not touched; null where any
 *     of the name is meant
 * @param adoption how the resource, made by hand, stands to the inventory; null for one that asks
 *     for nothing
 * @param unchanged whether the resource's status says all this already, but for the time
 * @param login what is known of the login's rights; null where that is to stay as it is written
 * @param probed what the probe measured; null where nothing was probed
 */
public record HealthReport(
    ResourceRef resource,
    @Nullable DatabaseRef database,
    DatabaseStatus status,
    String message,
    long generation,
    Instant checkedAt,
    @Nullable String digest,
    @Nullable String reason,
    @Nullable String uid,
    @Nullable AdoptionResult adoption,
    boolean unchanged,
    @Nullable LoginFinding login,
    @Nullable ProbeFigures probed) {
  /** Of something new. */
  public HealthReport(
      ResourceRef resource,
      @Nullable DatabaseRef database,
      DatabaseStatus status,
      String message,
      long generation,
      Instant checkedAt,
      @Nullable String digest,
      @Nullable String reason,
      @Nullable String uid,
      @Nullable AdoptionResult adoption) {
    this(
        resource,
        database,
        status,
        message,
        generation,
        checkedAt,
        digest,
        reason,
        uid,
        adoption,
        false,
        null,
        null);
  }

  public HealthReport(
      ResourceRef resource,
      @Nullable DatabaseRef database,
      DatabaseStatus status,
      String message,
      long generation,
      Instant checkedAt,
      @Nullable String digest) {
    this(resource, database, status, message, generation, checkedAt, digest, null, null, null);
  }

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
