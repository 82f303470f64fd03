package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import java.util.Optional;

/** Finds databases by the id of a path. What is another space's is not found. */
final class DatabaseLookup {
  private final DatabaseInventory inventory;

  DatabaseLookup(DatabaseInventory inventory) {
    this.inventory = inventory;
  }

  Optional<Database> find(Caller caller, String id) {
    return Optional.of(id)
        .filter(Uuids::valid)
        .flatMap(valid -> inventory.find(caller.scope(), valid));
  }

  /**
   * @throws ProblemException NotFound
   */
  Database get(Caller caller, String id) {
    return find(caller, id).orElseThrow(DatabaseLookup::unknown);
  }

  /**
   * One that may be changed through REST.
   *
   * @throws ProblemException NotFound, OwnedByManifest
   */
  Database changeable(Caller caller, String id) {
    return changeable(get(caller, id));
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

  static ProblemException unknown() {
    return new ProblemException(FailureType.NOT_FOUND, "There is no such database.");
  }
}
