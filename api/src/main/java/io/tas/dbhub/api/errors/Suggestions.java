package io.tas.dbhub.api.errors;

import io.tas.dbhub.core.failure.FailureType;
import org.jspecify.annotations.Nullable;

/** What to do about a failure where nobody who raised it knew better. */
final class Suggestions {
  private static final String LATER = "Try again in a few seconds.";

  private Suggestions() {}

  /**
   * @return null where the detail or the violations say all there is to do
   */
  static @Nullable String of(FailureType type) {
    return switch (type) {
      case NAME_TAKEN -> "Choose another name.";
      case OPERATION_RUNNING -> "Wait until it has ended, or cancel it.";
      case IDEMPOTENCY_KEY_REUSED -> "Send a key of its own with each different request.";
      case UNAUTHENTICATED -> "Send a valid token: Authorization: Bearer …";
      case FORBIDDEN -> "Ask an administrator of the space for the role.";
      case REVISION_CHANGED -> "Read it again, and repeat the change with its new ETag.";
      case CONNECTION_FAILED -> "Correct the connection data or the credentials; nothing changed.";
      case CREDENTIALS_NEEDED -> "Repair it again, with username and password.";
      case INCOMPLETE -> "Repair the database first: POST /api/v1/databases/{id}/repair.";
      case OWNED_BY_MANIFEST -> "Change the Database resource in Kubernetes.";
      case NOT_POSSIBLE_NOW -> "Read its present state, then decide again.";
      case ABANDONED -> "See what is left in GET /api/v1/leftovers, then repair or delete it.";
      case INACTIVE -> "Set is_active to true, then try again.";
      case UNSEALABLE -> "Give the workers the key set that the API seals with.";
      case KUBERNETES_REFUSED ->
          "Change what the cluster refuses: a policy, a quota or a missing right.";
      case KUBERNETES_UNAVAILABLE,
          INVENTORY_UNAVAILABLE,
          JOURNAL_UNAVAILABLE,
          TEMPORAL_UNAVAILABLE,
          DBHUB_UNAVAILABLE,
          WORKER_UNAVAILABLE,
          ISSUER_UNAVAILABLE,
          TOO_MANY_REQUESTS,
          BUSY ->
          LATER;
      case TARGET_FAILED -> "Test the connection to see at which step it fails.";
      case TIMEOUT -> "Look at the operation, or at the connection's health, then try again.";
      case CANCELLED -> "Begin it anew if it is still wanted.";
      case INTERNAL -> "Try again; if it stays, report the request_id to who runs this service.";
      case INVALID, NOT_FOUND, TOO_LARGE, NOT_READ_ONLY, SQL_REFUSED -> null;
    };
  }
}
