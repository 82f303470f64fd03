package io.tas.dbhub.api.mcp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.api.query.KnownTargets;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Texts;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.DatabasePage;
import io.tas.dbhub.storage.inventory.ListQuery;
import io.tas.dbhub.storage.inventory.Sort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The databases that exist for a caller: what does not, is not there. Thread-safe. */
final class AgentDatabases {
  /** Of more than that nobody looks at every one. */
  private static final int MANY = 1_000;

  private static final int NAMED = 30;
  private static final int LONGEST_NAME = 80;

  private static final int MOST_NAMES = 10_000;

  private record Name(Scope scope, String name) {}

  private final DatabaseInventory inventory;

  /** A name that was given to another database means the one before for a second. */
  private final Cache<Name, Optional<String>> ids =
      Caffeine.newBuilder()
          .maximumSize(MOST_NAMES)
          .expireAfter(
              Expiry.<Name, Optional<String>>creating(
                  (name, id) -> id.isPresent() ? KnownTargets.BELIEVED : Duration.ZERO))
          .build();

  AgentDatabases(DatabaseInventory inventory) {
    this.inventory = inventory;
  }

  /**
   * The id of what a query is to be asked of. Whether the caller may is not decided here: it is
   * with the query, of every one.
   *
   * @param given its name or its id; what looks like an id is one
   * @throws io.tas.dbhub.api.errors.ProblemException NotFound when the space has no such name
   */
  String id(Caller caller, String given) {
    if (Uuids.valid(given)) {
      return given;
    }
    String name = Texts.canonical(given);
    return ids.get(
            new Name(caller.scope(), name),
            key -> inventory.findByName(key.scope(), key.name()).map(Database::id))
        .orElseThrow(Permissions::unknown);
  }

  /**
   * @param given its name or its id
   * @throws io.tas.dbhub.api.errors.ProblemException NotFound when it does not exist for the
   *     caller, Forbidden when they may not query it
   */
  Database find(Caller caller, String given) {
    Database found =
        inventory.find(caller.scope(), id(caller, given)).orElseThrow(Permissions::unknown);
    return Permissions.require(caller, found, AccessLevel.QUERY);
  }

  /** Some databases, by their names. */
  record Found(List<Database> databases, boolean more) {
    Found {
      databases = List.copyOf(databases);
    }
  }

  /** Those whose name is like the pattern. */
  Found search(Caller caller, String pattern, int limit) {
    Wildcards wildcards = new Wildcards(pattern);
    return take(caller, limit, database -> wildcards.match(database.definition().name()));
  }

  private Found take(Caller caller, int limit, Predicate<Database> wanted) {
    List<Database> taken = new ArrayList<>();
    ListQuery query =
        new ListQuery(
            1, ListQuery.MAX_PAGE_SIZE, null, null, null, null, null, Sort.NAME_ASC, null);
    int seen = 0;
    while (true) {
      DatabasePage page = inventory.list(caller.scope(), Permissions.onlooker(caller), query);
      for (Database database : page.databases()) {
        if (wanted.test(database)) {
          if (taken.size() == limit) {
            return new Found(taken, true);
          }
          taken.add(database);
        }
      }
      seen += page.databases().size();
      if (page.nextCursor() == null) {
        return new Found(taken, false);
      }
      if (seen >= MANY) {
        return new Found(taken, true);
      }
      query = query.after(page.nextCursor());
    }
  }

  /** Of very many databases it may say more than is so: each query is judged by itself. */
  Reach reach(Caller caller) {
    if (!Permissions.ceiling(caller).allows(AccessLevel.QUERY)) {
      return new Reach(false, false, List.of(), false);
    }
    Found queried = take(caller, MANY, database -> may(caller, database, AccessLevel.QUERY));
    List<String> names =
        queried.databases().stream()
            .map(database -> database.definition().name())
            .filter(name -> Texts.length(name) <= LONGEST_NAME)
            .limit(NAMED)
            .toList();
    boolean write =
        Permissions.ceiling(caller).allows(AccessLevel.WRITE)
            && (queried.more()
                || queried.databases().stream().anyMatch(each -> writable(caller, each)));
    return new Reach(
        queried.more() || !queried.databases().isEmpty(),
        write,
        names,
        queried.more() || names.size() < queried.databases().size());
  }

  static boolean writable(Caller caller, Database database) {
    return !database.definition().policy().readOnly() && may(caller, database, AccessLevel.WRITE);
  }

  private static boolean may(Caller caller, Database database, AccessLevel needed) {
    return database.definition().active()
        && Permissions.level(caller, database).filter(level -> level.allows(needed)).isPresent();
  }
}
