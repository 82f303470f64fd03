package io.tas.dbhub.core.access;

import io.tas.dbhub.core.model.Database;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * How somebody stands to the databases of their space: what their level on one of them follows
 * from. Of value where they are not there to ask, such as in a schedule.
 *
 * @param everything whether grants do not matter: an operator
 * @param principals whose grants count for them
 * @param ceiling how far their role goes on any database
 */
public record Standing(
    String subject, boolean everything, Set<String> principals, AccessLevel ceiling) {
  public Standing {
    principals = Set.copyOf(principals);
  }

  /** Empty when the database, which is of their space, does not exist for them. */
  public Optional<AccessLevel> level(Database database) {
    return granted(database).map(level -> level.atMost(ceiling));
  }

  private Optional<AccessLevel> granted(Database database) {
    // A manifest's database has no owner, and nobody's subject is empty.
    if (everything || subject.equals(database.definition().ownerId())) {
      return Optional.of(AccessLevel.MANAGE);
    }
    return database.grants().grants().stream()
        .filter(grant -> principals.contains(grant.principal()))
        .map(Grant::level)
        .max(Comparator.naturalOrder());
  }
}
