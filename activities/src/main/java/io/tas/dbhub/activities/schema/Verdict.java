package io.tas.dbhub.activities.schema;

import io.tas.dbhub.core.schema.SyncOutcome;
import io.tas.dbhub.storage.catalogue.StoredSchema;
import org.jspecify.annotations.Nullable;

/** What becomes of what a sync found. */
final class Verdict {
  private Verdict() {}

  /**
   * @param changes tables that differ from what is stored
   * @param digest of what was found
   * @param approved the digest that somebody approved; null for none
   */
  static SyncOutcome of(
      StoredSchema stored, long changes, String digest, @Nullable String approved) {
    if (stored.state().version() == 0) {
      return SyncOutcome.FIRST;
    }
    if (stored.writing() != null) {
      // Half of it is there: what was begun is brought to its end.
      return SyncOutcome.CHANGED;
    }
    if (changes == 0) {
      return SyncOutcome.UNCHANGED;
    }
    return switch (stored.state().policy()) {
      case PROPAGATE -> SyncOutcome.CHANGED;
      case IGNORE -> SyncOutcome.IGNORED;
      case APPROVE -> {
        if (digest.equals(approved)) {
          yield SyncOutcome.CHANGED;
        }
        yield digest.equals(stored.state().rejectedDigest())
            ? SyncOutcome.REJECTED
            : SyncOutcome.AWAITING;
      }
    };
  }
}
