package io.tas.dbhub.core.deprovision;

import io.tas.dbhub.core.model.DatabaseRef;

/**
 * @param leftoversOnly only what is left of a database that has no inventory node; one that has
 *     become whole again meanwhile stays
 */
public record DeprovisionRequest(DatabaseRef database, boolean leftoversOnly) {
  public static DeprovisionRequest whole(DatabaseRef database) {
    return new DeprovisionRequest(database, false);
  }

  public static DeprovisionRequest leftovers(DatabaseRef database) {
    return new DeprovisionRequest(database, true);
  }
}
