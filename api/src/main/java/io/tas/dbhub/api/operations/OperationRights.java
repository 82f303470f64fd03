package io.tas.dbhub.api.operations;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who sees which operations: who manages a database, all of it; others their own, but none of a
 * database that does not exist for them; operators all. Of a database that is gone, or not there
 * yet, nobody but operators sees more than their own.
 */
public final class OperationRights {
  private final DatabaseInventory inventory;

  public OperationRights(DatabaseInventory inventory) {
    this.inventory = inventory;
  }

  /**
   * What the caller sees of one database's operations.
   *
   * @throws io.tas.dbhub.api.errors.ProblemException NotFound when it does not exist for them,
   *     Forbidden when they see it but not this
   */
  Sight ofDatabase(Caller caller, Optional<Database> database, @Nullable String allSpaces) {
    Sight sight = Sight.of(caller, allSpaces);
    return database
        .map(found -> Permissions.require(caller, found, AccessLevel.MANAGE))
        .map(managed -> sight.ofEverybody())
        .orElse(sight);
  }

  /**
   * What the caller sees of the operations of the database that this one is of.
   *
   * @throws io.tas.dbhub.api.errors.ProblemException NotFound when that does not exist for them
   */
  Sight of(Caller caller, OperationId operation, @Nullable String allSpaces) {
    Sight sight = Sight.of(caller, allSpaces);
    if (caller.isOperator()) {
      return sight;
    }
    Optional<Database> database = database(caller, operation.databaseId());
    if (hidden(caller, operation.databaseId(), database)) {
      throw OperationsReader.unknown();
    }
    return database
            .flatMap(found -> Permissions.level(caller, found))
            .filter(AccessLevel.MANAGE::equals)
            .isPresent()
        ? sight.ofEverybody()
        : sight;
  }

  /**
   * @throws io.tas.dbhub.api.errors.ProblemException NotFound or Forbidden where the caller may not
   *     change the database that the operation is of
   */
  void mayChange(Caller caller, OperationId operation) {
    if (!caller.isOperator()) {
      Optional<Database> database = database(caller, operation.databaseId());
      if (hidden(caller, operation.databaseId(), database)) {
        throw OperationsReader.unknown();
      }
      database.ifPresent(found -> Permissions.require(caller, found, AccessLevel.MANAGE));
    }
  }

  /** The page without what is of databases that do not exist for the caller. */
  OperationListView seen(Caller caller, OperationListView page) {
    if (caller.isOperator() || page.operations().isEmpty()) {
      return page;
    }
    List<String> ids =
        page.operations().stream().map(OperationView::databaseId).distinct().toList();
    Map<String, Database> databases =
        inventory.find(caller.scope(), ids).stream()
            .collect(Collectors.toMap(Database::id, Function.identity()));
    return new OperationListView(
        page.operations().stream()
            .filter(
                operation ->
                    !hidden(
                        caller,
                        operation.databaseId(),
                        Optional.ofNullable(databases.get(operation.databaseId()))))
            .toList(),
        page.nextCursor());
  }

  Optional<Database> database(Caller caller, String id) {
    return inventory.find(caller.scope(), id);
  }

  private static boolean hidden(Caller caller, String id, Optional<Database> database) {
    return database.isPresent()
        ? Permissions.level(caller, database.get()).isEmpty()
        : !Permissions.includes(caller, id);
  }
}
