package io.tas.dbhub.api.operations;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Of the operations that somebody may see at all, those of databases that exist for them. A
 * database that is gone, or not there yet, has no grants: one's own operations of it stay one's
 * own. For operators all databases of their tenant exist.
 */
public final class OperationRights {
  private final DatabaseInventory inventory;

  public OperationRights(DatabaseInventory inventory) {
    this.inventory = inventory;
  }

  /**
   * Whether there is the database.
   *
   * @throws ProblemException NotFound when it does not exist for the caller, Forbidden when they do
   *     not manage it
   */
  boolean manages(Caller caller, String databaseId) {
    Optional<Database> database = inventory.find(caller.scope(), databaseId);
    database.ifPresent(found -> Permissions.require(caller, found, AccessLevel.MANAGE));
    return database.isPresent();
  }

  /**
   * @throws ProblemException NotFound where the operation's database does not exist for the caller
   */
  void mustSee(Caller caller, OperationId operation) {
    if (!caller.isOperator()
        && hidden(
            caller,
            operation.databaseId(),
            inventory.find(caller.scope(), operation.databaseId()))) {
      throw OperationsReader.unknown();
    }
  }

  /**
   * @throws ProblemException NotFound, or Forbidden where the caller may not change the operation's
   *     database
   */
  void mustManage(Caller caller, OperationId operation) {
    if (!caller.isOperator()) {
      mustSee(caller, operation);
      manages(caller, operation.databaseId());
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

  private static boolean hidden(Caller caller, String id, Optional<Database> database) {
    return database.isPresent()
        ? Permissions.level(caller, database.get()).isEmpty()
        : !Permissions.includes(caller, id);
  }
}
