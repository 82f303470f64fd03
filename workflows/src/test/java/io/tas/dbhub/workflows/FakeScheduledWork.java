package io.tas.dbhub.workflows;

import io.tas.dbhub.core.schedule.ItemOutcome;
import io.tas.dbhub.core.schedule.ItemResult;
import io.tas.dbhub.core.schedule.PauseSchedule;
import io.tas.dbhub.core.schedule.QueryItem;
import io.tas.dbhub.core.schedule.ScheduledItem;
import io.tas.dbhub.core.schedule.ScheduledQueries;
import io.tas.dbhub.core.schedule.ScheduledWork;
import io.tas.dbhub.core.schedule.TargetPage;
import io.tas.dbhub.core.schedule.TargetQuery;
import io.tas.dbhub.core.schedule.WebhookOrder;
import io.tas.dbhub.core.schedule.Webhooks;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases in pages, and what comes of each: done, unless a test says otherwise. */
public final class FakeScheduledWork implements ScheduledWork, ScheduledQueries, Webhooks {
  /** By the cursor that leads to them. */
  public final Map<String, TargetPage> pages = new ConcurrentHashMap<>();

  public final Map<String, ItemResult> results = new ConcurrentHashMap<>();
  public final List<TargetQuery> queries = new CopyOnWriteArrayList<>();
  public final List<ScheduledItem> items = new CopyOnWriteArrayList<>();
  public final List<QueryItem> asked = new CopyOnWriteArrayList<>();
  public final List<WebhookOrder> told = new CopyOnWriteArrayList<>();
  public final List<PauseSchedule> paused = new CopyOnWriteArrayList<>();

  /** As many as were worked on at one time. */
  public final AtomicInteger together = new AtomicInteger();

  private final AtomicInteger now = new AtomicInteger();
  private final FakeWorld world;

  FakeScheduledWork(FakeWorld world) {
    this.world = world;
  }

  @Override
  public TargetPage find(TargetQuery query) {
    world.call("FindScheduled", () -> queries.add(query));
    return pages.getOrDefault(query.cursor(), new TargetPage(List.of(), 0, ""));
  }

  @Override
  public ItemResult begin(ScheduledItem item) {
    together.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      world.call("DoScheduled", () -> items.add(item));
    } finally {
      now.decrementAndGet();
    }
    return results.getOrDefault(item.database().id(), ItemResult.of(ItemOutcome.DONE));
  }

  @Override
  public ItemResult run(QueryItem item) {
    world.call("RunScheduledQuery", () -> asked.add(item));
    return results.getOrDefault(item.database().id(), ItemResult.of(ItemOutcome.DONE));
  }

  @Override
  public void tell(WebhookOrder order) {
    world.call("NotifyWebhook", () -> told.add(order));
  }

  @Override
  public void pause(PauseSchedule request) {
    world.call("PauseSchedule", () -> paused.add(request));
  }
}
