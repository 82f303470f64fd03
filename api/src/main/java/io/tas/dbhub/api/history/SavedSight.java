package io.tas.dbhub.api.history;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.SavedQuery;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Saved queries as somebody may see them: of what others share, the database it is meant for is
 * left out where it does not exist for the reader.
 */
public final class SavedSight {
  private final BiFunction<Scope, List<String>, List<Database>> databases;

  /**
   * @param databases those of a scope that have one of the ids
   */
  public SavedSight(BiFunction<Scope, List<String>, List<Database>> databases) {
    this.databases = databases;
  }

  SavedQueryView of(Caller caller, SavedQuery saved) {
    return of(caller, List.of(saved)).get(0);
  }

  List<SavedQueryView> of(Caller caller, List<SavedQuery> all) {
    List<String> asked =
        all.stream()
            .filter(saved -> !own(caller, saved))
            .map(SavedQuery::databaseId)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    Set<String> seen =
        asked.isEmpty()
            ? Set.<String>of()
            : databases.apply(caller.scope(), asked).stream()
                .filter(database -> Permissions.level(caller, database).isPresent())
                .map(Database::id)
                .collect(Collectors.toSet());
    return all.stream()
        .map(
            saved -> {
              String id = saved.databaseId();
              boolean shown = id != null && (own(caller, saved) || seen.contains(id));
              return SavedQueryView.of(saved, shown ? id : null);
            })
        .toList();
  }

  /** What they said themselves. */
  private static boolean own(Caller caller, SavedQuery saved) {
    return saved.owner().equals(caller.subject());
  }
}
