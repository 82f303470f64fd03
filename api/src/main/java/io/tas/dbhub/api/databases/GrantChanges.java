package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.NotInInventoryException;
import io.tas.dbhub.storage.inventory.RevisionChangedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Changes who may do what with a database. They are written only over the very revision that the
 * caller was found to be allowed to change: who has lost that right meanwhile changes nothing.
 */
final class GrantChanges {
  private static final int ATTEMPTS = 5;

  /** What one entry of the journal holds of it. */
  private static final int LONGEST_DETAIL = 3_500;

  private final DatabaseInventory inventory;
  private final DatabaseLookup databases;

  GrantChanges(DatabaseInventory inventory, DatabaseLookup databases) {
    this.inventory = inventory;
    this.databases = databases;
  }

  /**
   * @param details for the journal, each short enough for one entry
   */
  record Changed(Database database, List<String> details) {}

  /**
   * @throws ProblemException NotFound, Forbidden, RevisionChanged
   */
  Changed replace(Caller caller, String id, IfMatch ifMatch, List<Grant> wanted) {
    for (int attempt = 1; ; attempt++) {
      Database database = databases.get(caller, id, AccessLevel.MANAGE);
      Grants before = database.grants();
      ifMatch.check(before.revision());
      try {
        Grants now = inventory.replaceGrants(caller.scope(), id, wanted, before.revision());
        return new Changed(database.withGrants(now), details(before, now));
      } catch (NotInInventoryException gone) {
        throw Permissions.unknown();
      } catch (RevisionChangedException overtaken) {
        if (attempt == ATTEMPTS) {
          throw new ProblemException(
                  FailureType.OPERATION_RUNNING,
                  "Others keep changing the grants at the same time.")
              .withSuggestion("Read them again, and send what they are to be with If-Match.");
        }
      }
    }
  }

  /** A line for each principal whose level is another now; a principal has no line breaks. */
  static List<String> details(Grants before, Grants now) {
    Map<String, AccessLevel> had = levels(before);
    Map<String, AccessLevel> has = levels(now);
    List<String> lines = new ArrayList<>();
    has.forEach(
        (principal, level) -> {
          AccessLevel earlier = had.get(principal);
          if (earlier == null) {
            lines.add("gave %s %s".formatted(principal, level.wireName()));
          } else if (earlier != level) {
            lines.add(
                "gave %s %s instead of %s"
                    .formatted(principal, level.wireName(), earlier.wireName()));
          }
        });
    had.forEach(
        (principal, level) -> {
          if (!has.containsKey(principal)) {
            lines.add("took %s from %s".formatted(level.wireName(), principal));
          }
        });
    return packed(lines.isEmpty() ? List.of("nothing changed") : lines);
  }

  private static List<String> packed(List<String> lines) {
    List<String> details = new ArrayList<>();
    StringBuilder detail = new StringBuilder();
    for (String line : lines) {
      if (detail.length() + line.length() > LONGEST_DETAIL) {
        details.add(detail.toString());
        detail.setLength(0);
      }
      detail.append(detail.isEmpty() ? "" : "\n").append(line);
    }
    details.add(detail.toString());
    return details;
  }

  private static Map<String, AccessLevel> levels(Grants grants) {
    return grants.grants().stream()
        .collect(Collectors.toMap(Grant::principal, Grant::level, (a, b) -> b, TreeMap::new));
  }
}
