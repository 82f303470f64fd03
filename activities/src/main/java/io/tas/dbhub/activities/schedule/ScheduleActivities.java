package io.tas.dbhub.activities.schedule;

import io.tas.dbhub.activities.inventory.InventoryFailures;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.schedule.ItemOutcome;
import io.tas.dbhub.core.schedule.ItemResult;
import io.tas.dbhub.core.schedule.PauseSchedule;
import io.tas.dbhub.core.schedule.ScheduleTarget;
import io.tas.dbhub.core.schedule.ScheduledItem;
import io.tas.dbhub.core.schedule.ScheduledWork;
import io.tas.dbhub.core.schedule.TargetPage;
import io.tas.dbhub.core.schedule.TargetQuery;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.DatabasePage;
import io.tas.dbhub.storage.inventory.ListQuery;
import io.tas.dbhub.storage.inventory.Onlooker;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a schedule is for, and has it done by the workflows that do it for people, too. The
 * rights of whom it acts for are looked at with each database, right before. Thread-safe.
 */
public final class ScheduleActivities implements ScheduledWork {
  private final DatabaseInventory inventory;
  private final DueWork work;
  private final SchedulePausing pausing;

  public ScheduleActivities(DatabaseInventory inventory, WorkflowClient temporal) {
    this.inventory = inventory;
    this.work = new DueWork(temporal);
    this.pausing = new SchedulePausing(temporal);
  }

  @Override
  public TargetPage find(TargetQuery query) {
    return InventoryFailures.translate(
        () -> query.target().named() ? named(query) : selected(query));
  }

  /** All on one page: there are no more than {@link ScheduleTarget#MOST_IDS}. */
  private TargetPage named(TargetQuery query) {
    List<String> wanted = query.target().databaseIds();
    List<Database> found = inventory.find(query.scope(), wanted);
    List<String> seen =
        found.stream()
            .filter(database -> query.standing().level(database).isPresent())
            .map(Database::id)
            .sorted()
            .toList();
    return new TargetPage(seen, wanted.size() - seen.size(), "");
  }

  private TargetPage selected(TargetQuery query) {
    ScheduleTarget target = query.target();
    ListQuery wanted =
        ListQuery.selected(target.type(), target.labelKey(), target.labelValue())
            .after(query.cursor().isEmpty() ? null : query.cursor());
    DatabasePage page = page(query.scope(), query.standing(), wanted);
    String next = page.nextCursor();
    return new TargetPage(
        page.databases().stream().map(Database::id).toList(), 0, next == null ? "" : next);
  }

  private DatabasePage page(Scope scope, Standing standing, ListQuery wanted) {
    Onlooker onlooker =
        standing.everything()
            ? Onlooker.ofEverything()
            : new Onlooker(standing.subject(), standing.principals(), null);
    try {
      return inventory.list(scope, onlooker, wanted);
    } catch (IllegalArgumentException foreignCursor) {
      throw Failures.of(FailureType.INVALID, "the cursor is not one of this listing");
    }
  }

  @Override
  public ItemResult begin(ScheduledItem item) {
    Optional<Database> found =
        InventoryFailures.translate(
            () -> inventory.find(item.database().scope(), item.database().id()));
    Optional<ItemResult> passedOver = passedOver(item.standing(), found);
    if (passedOver.isPresent()) {
      return passedOver.get();
    }
    Database database = found.orElseThrow();
    return switch (item.kind()) {
      case SYNC -> work.sync(database, item);
      case TEST -> work.test(database);
      case QUERY ->
          throw Failures.of(
              FailureType.INVALID, "a query is asked with what it asks, not with this");
    };
  }

  /** Why somebody's schedule leaves a database alone; empty where it does not. */
  static Optional<ItemResult> passedOver(Standing standing, Optional<Database> found) {
    Optional<AccessLevel> level = found.flatMap(standing::level);
    if (level.isEmpty()) {
      return Optional.of(skipped(FailureType.NOT_FOUND));
    }
    if (!level.get().allows(AccessLevel.QUERY)) {
      return Optional.of(skipped(FailureType.FORBIDDEN));
    }
    return found.filter(database -> !database.definition().active()).isPresent()
        ? Optional.of(skipped(FailureType.INACTIVE))
        : Optional.empty();
  }

  @Override
  public void pause(PauseSchedule request) {
    pausing.pause(WorkflowIds.schedule(request.scheduleId()), request.note());
  }

  static ItemResult skipped(FailureType why) {
    return new ItemResult(ItemOutcome.SKIPPED, why.wireName());
  }
}
