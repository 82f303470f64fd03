package io.tas.dbhub.api.batches;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.databases.TargetFields.Selector;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.DatabasePage;
import io.tas.dbhub.storage.inventory.ListQuery;
import io.tas.dbhub.storage.journal.Batches;
import io.tas.dbhub.storage.journal.NewRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The databases that there are now: those that were named, or those a selector finds. */
final class DatabasePages implements RowPages {
  private final Caller caller;
  private final DatabaseInventory inventory;
  private final BatchTarget target;
  private final ExistingCheck check;
  private long number;
  private boolean ended;
  private @Nullable String cursor;

  DatabasePages(
      Caller caller, DatabaseInventory inventory, BatchTarget target, ExistingCheck check) {
    this.caller = caller;
    this.inventory = inventory;
    this.target = target;
    this.check = check;
  }

  @Override
  public List<NewRow> next() {
    if (ended) {
      return List.of();
    }
    return target.databaseIds().isEmpty() ? selected() : named();
  }

  private List<NewRow> named() {
    List<String> ids = target.databaseIds();
    int from = (int) number;
    int to = Math.min(ids.size(), from + SIZE);
    ended = to == ids.size();
    Map<String, Database> found =
        inventory.find(caller.scope(), ids.subList(from, to)).stream()
            .collect(Collectors.toMap(Database::id, Function.identity()));
    List<NewRow> rows = new ArrayList<>();
    for (String id : ids.subList(from, to)) {
      number++;
      Database database = found.get(id);
      rows.add(database == null ? unknown(id) : check.check(number, database));
    }
    return rows;
  }

  private NewRow unknown(String id) {
    return Rows.invalid(
        number, 0, "", List.of(new Violation("id", "there is no such database: " + id)));
  }

  private List<NewRow> selected() {
    Selector selector = target.selector();
    DatabasePage page =
        inventory.list(
            caller.scope(),
            Permissions.onlooker(caller),
            ListQuery.selected(selector.type(), selector.labelKey(), selector.labelValue())
                .after(cursor));
    cursor = page.nextCursor();
    ended = cursor == null;
    if (number + page.databases().size() > Batches.MOST_ROWS) {
      throw new ProblemException(
          FailureType.TOO_LARGE, "A batch has at most " + Batches.MOST_ROWS + " rows.");
    }
    return page.databases().stream().map(database -> check.check(++number, database)).toList();
  }
}
