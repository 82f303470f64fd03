package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import java.util.Optional;

/**
 * Finds databases by the id of a path. What is another space's is not found, nor what does not
 * exist for the caller.
 */
public final class DatabaseLookup {
  private final DatabaseInventory inventory;

  public DatabaseLookup(DatabaseInventory inventory) {
    this.inventory = inventory;
  }

  /**
   * Empty when there is none.
   *
   * @throws ProblemException NotFound when it does not exist for the caller, Forbidden when they
   *     may not do with it what needs this level
   */
  Optional<Database> find(Caller caller, String id, AccessLevel needed) {
    return Optional.of(id)
        .filter(Uuids::valid)
        .flatMap(valid -> inventory.find(caller.scope(), valid))
        .map(database -> Permissions.require(caller, database, needed));
  }

  /**
   * @throws ProblemException NotFound, Forbidden
   */
  public Database get(Caller caller, String id, AccessLevel needed) {
    return find(caller, id, needed).orElseThrow(Permissions::unknown);
  }

  /**
   * One that may be changed through REST.
   *
   * @throws ProblemException NotFound, Forbidden, OwnedByManifest
   */
  Database changeable(Caller caller, String id) {
    return changeable(get(caller, id, AccessLevel.MANAGE));
  }

  /**
   * @throws ProblemException OwnedByManifest
   */
  static Database changeable(Database database) {
    if (database.origin() == Origin.MANIFEST) {
      throw ownedByManifest(database);
    }
    return database;
  }

  private static ProblemException ownedByManifest(Database database) {
    ResourceRef resource = database.resource();
    return new ProblemException(
            FailureType.OWNED_BY_MANIFEST,
            "The database is what the Database resource %s/%s says, which somebody made by hand."
                .formatted(resource.namespace(), resource.name()))
        .withSuggestion(
            "Change or delete the resource: kubectl -n %s edit database %s"
                .formatted(resource.namespace(), resource.name()));
  }

  /** Whether something of it is listed as left behind in the caller's space. */
  boolean leftBehind(Caller caller, String id) {
    return Uuids.valid(id) && !inventory.findLeftovers(caller.scope(), id).isEmpty();
  }
}
