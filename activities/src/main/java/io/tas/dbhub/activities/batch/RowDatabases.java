package io.tas.dbhub.activities.batch;

import io.tas.dbhub.activities.inventory.InventoryFailures;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.batch.RowTask;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The databases of rows, as they are for whom the batch acts. Thread-safe. Throws failures {@code
 * InventoryUnavailable}.
 */
public final class RowDatabases {
  private final BiFunction<Scope, String, Optional<Database>> byId;
  private final BiFunction<Scope, String, Optional<Database>> byName;

  /**
   * @param byId finds what a space has, as {@code DatabaseInventory} does
   */
  public RowDatabases(
      BiFunction<Scope, String, Optional<Database>> byId,
      BiFunction<Scope, String, Optional<Database>> byName) {
    this.byId = byId;
    this.byName = byName;
  }

  /**
   * Empty when it does not exist for them.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code Forbidden} when they may not do with it
   *     what needs this level
   */
  Optional<Database> find(RowTask task, String id, AccessLevel needed) {
    Optional<Database> found =
        InventoryFailures.translate(() -> byId.apply(task.scope(), id))
            .filter(database -> task.standing().level(database).isPresent());
    found
        .flatMap(database -> task.standing().level(database))
        .filter(level -> !level.allows(needed))
        .ifPresent(
            level -> {
              throw Failures.of(
                  FailureType.FORBIDDEN,
                  "%s on the database is needed for this, and there is %s."
                      .formatted(needed.wireName(), level.wireName()));
            });
    return found;
  }

  /** Whoever may see it. */
  Optional<Database> named(Scope scope, String name) {
    return InventoryFailures.translate(() -> byName.apply(scope, name));
  }
}
