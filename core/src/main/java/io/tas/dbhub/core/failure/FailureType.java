package io.tas.dbhub.core.failure;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every failure that crosses a process. The wire name is the type of a Temporal {@code
 * ApplicationFailure} and the {@code code} of a problem document: callers match by it, never by
 * class or text.
 */
public enum FailureType {
  /** The input breaks a rule; the details are the violations. */
  INVALID("Invalid", 400, false),
  /** Another database of the same tenant and space has the name. */
  NAME_TAKEN("NameTaken", 409, false),
  /** Another operation of this database is running. */
  OPERATION_RUNNING("OperationRunning", 409, false),
  /** The idempotency key was used for a different request. */
  IDEMPOTENCY_KEY_REUSED("IdempotencyKeyReused", 409, false),
  /** No token, or one that does not hold. */
  UNAUTHENTICATED("Unauthenticated", 401, false),
  /** The token is good, but does not allow this. */
  FORBIDDEN("Forbidden", 403, false),
  NOT_FOUND("NotFound", 404, false),
  /** The database was changed since it was read. */
  REVISION_CHANGED("RevisionChanged", 412, false),
  /** The connection does not work with what was given; nothing was changed. */
  CONNECTION_FAILED("ConnectionFailed", 422, false),
  /** The Secret is gone: only somebody who knows the credentials can put it back. */
  CREDENTIALS_NEEDED("CredentialsNeeded", 422, false),
  /** A part of the connection is missing; it has to be repaired first. */
  INCOMPLETE("Incomplete", 409, false),
  /** A manifest says what the database is: it is changed in Kubernetes, not through REST. */
  OWNED_BY_MANIFEST("OwnedByManifest", 409, false),
  /** A decision or a cancellation that makes no sense now. */
  NOT_POSSIBLE_NOW("NotPossibleNow", 409, false),
  /** Somebody decided to end it with something left behind. */
  ABANDONED("Abandoned", 409, false),
  /** The body is larger than any request needs to be. */
  TOO_LARGE("TooLarge", 413, false),
  /** The database is set aside: neither probed nor served. */
  INACTIVE("Inactive", 409, false),
  /** Sealed credentials that this key set does not open. */
  UNSEALABLE("Unsealable", 500, false),
  /** Kubernetes understood and refused: a policy, a quota, a missing right. */
  KUBERNETES_REFUSED("KubernetesRefused", 502, false),
  KUBERNETES_UNAVAILABLE("KubernetesUnavailable", 503, true),
  INVENTORY_UNAVAILABLE("InventoryUnavailable", 503, true),
  JOURNAL_UNAVAILABLE("JournalUnavailable", 503, true),
  TEMPORAL_UNAVAILABLE("TemporalUnavailable", 503, true),
  DBHUB_UNAVAILABLE("DbhubUnavailable", 503, true),
  /** No worker takes the query, or it broke off. */
  WORKER_UNAVAILABLE("WorkerUnavailable", 503, true),
  /** The keys that tokens are verified with cannot be read. */
  ISSUER_UNAVAILABLE("IssuerUnavailable", 503, true),
  /** The statement is not a read and the connection is read-only. */
  NOT_READ_ONLY("NotReadOnly", 403, false),
  /** The database refused the statement. */
  SQL_REFUSED("SqlRefused", 422, false),
  /** The database could not be reached, or broke off. */
  TARGET_FAILED("TargetFailed", 502, true),
  TIMEOUT("Timeout", 504, true),
  /** Too much else is being done; nothing was begun. */
  BUSY("Busy", 503, true),
  /** The API runs as many queries as it may at once. */
  TOO_MANY_REQUESTS("TooManyRequests", 429, true),
  /** Cancelled by somebody; what had been done was undone. */
  CANCELLED("Cancelled", 409, false),
  /** A bug: nothing foresaw it. */
  INTERNAL("Internal", 500, true);

  private final String wireName;
  private final int httpStatus;
  private final boolean retryable;

  FailureType(String wireName, int httpStatus, boolean retryable) {
    this.wireName = wireName;
    this.httpStatus = httpStatus;
    this.retryable = retryable;
  }

  public String wireName() {
    return wireName;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** Whether trying the same again later can succeed. */
  public boolean retryable() {
    return retryable;
  }

  public static Optional<FailureType> fromWireName(String name) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(name)).findFirst();
  }
}
