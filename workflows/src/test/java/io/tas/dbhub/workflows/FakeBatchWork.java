package io.tas.dbhub.workflows;

import io.tas.dbhub.core.batch.BatchNews;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.BatchWork;
import io.tas.dbhub.core.batch.RowFailure;
import io.tas.dbhub.core.batch.RowQuery;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.batch.RowTask;
import io.tas.dbhub.core.batch.WaitingRows;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The rows of one batch, and what comes of each: done, unless a test says otherwise. */
public final class FakeBatchWork implements BatchWork {
  /** Those that wait, by their numbers. */
  public final NavigableMap<Long, WaitingRows.Row> waiting = new ConcurrentSkipListMap<>();

  public final Map<Long, RowState> results = new ConcurrentHashMap<>();
  public final List<BatchState> told = new CopyOnWriteArrayList<>();
  public final List<Long> begun = new CopyOnWriteArrayList<>();
  public final List<RowTask> tasks = new CopyOnWriteArrayList<>();
  public final List<RowFailure> givenUp = new CopyOnWriteArrayList<>();

  /** Rows that wait until they are let go. */
  public final Map<Long, CountDownLatch> held = new ConcurrentHashMap<>();

  /** As many as were worked on at one time. */
  public final AtomicInteger together = new AtomicInteger();

  /** The same by host. */
  public final Map<String, Integer> togetherByHost = new ConcurrentHashMap<>();

  private final Map<Long, String> now = new ConcurrentHashMap<>();
  private final FakeWorld world;

  FakeBatchWork(FakeWorld world) {
    this.world = world;
  }

  @Override
  public WaitingRows find(RowQuery query) {
    world.call("FindBatchRows", () -> {});
    return new WaitingRows(
        waiting.tailMap(query.afterRow(), false).values().stream().limit(query.limit()).toList());
  }

  @Override
  public RowState run(RowTask task) {
    WaitingRows.Row row = waiting.get(task.number());
    // One whose answer was lost does not wait any more.
    String host = row == null ? "" : row.host();
    synchronized (now) {
      now.put(task.number(), host);
      begun.add(task.number());
      tasks.add(task);
      together.accumulateAndGet(now.size(), Math::max);
      togetherByHost.merge(
          host, (int) now.values().stream().filter(host::equals).count(), Math::max);
    }
    try {
      CountDownLatch latch = held.get(task.number());
      if (latch != null) {
        latch.await();
      }
      world.call("DoBatchRow", () -> waiting.remove(task.number()));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      synchronized (now) {
        now.remove(task.number());
      }
    }
    return results.getOrDefault(task.number(), RowState.DONE);
  }

  @Override
  public void giveUp(RowFailure failure) {
    world.call(
        "GiveUpBatchRow",
        () -> {
          givenUp.add(failure);
          waiting.remove(failure.task().number());
        });
  }

  @Override
  public void tell(BatchNews news) {
    world.call("TellBatch", () -> told.add(news.state()));
  }
}
