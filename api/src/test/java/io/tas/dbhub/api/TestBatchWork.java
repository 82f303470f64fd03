package io.tas.dbhub.api;

import io.tas.dbhub.core.batch.BatchNews;
import io.tas.dbhub.core.batch.BatchWork;
import io.tas.dbhub.core.batch.RowFailure;
import io.tas.dbhub.core.batch.RowQuery;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.batch.RowTask;
import io.tas.dbhub.core.batch.WaitingRows;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.Batches;
import io.tas.dbhub.storage.journal.RowEnd;
import io.tas.dbhub.storage.journal.RowWork;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Rows that are done as soon as they begin, in the real journal. A name says how one goes: {@code
 * held…} lasts until its tenant lets go, {@code fails…} fails at first, {@code parks…} waits for a
 * person.
 */
public final class TestBatchWork implements BatchWork {
  private final Batches batches;
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

  TestBatchWork(Batches batches) {
    this.batches = batches;
  }

  /** Lets go of the rows that a tenant holds. */
  public void release(String tenant) {
    latch(tenant).countDown();
  }

  private CountDownLatch latch(String tenant) {
    return held.computeIfAbsent(tenant, key -> new CountDownLatch(1));
  }

  @Override
  public WaitingRows find(RowQuery query) {
    return batches.waiting(query.scope(), query.batchId(), query.afterRow(), query.limit());
  }

  @Override
  public RowState run(RowTask task) {
    Scope scope = task.scope();
    RowWork work = batches.take(scope, task.batchId(), task.number(), Instant.now()).orElseThrow();
    if (work.name().startsWith("held")) {
      await(latch(scope.tenantId()));
    }
    RowEnd end = new RowEnd(RowState.DONE, "", "", null);
    if (work.name().startsWith("fails") && work.run() == 1) {
      end = new RowEnd(RowState.FAILED, "TargetFailed", "It does not answer.", null);
    } else if (work.name().startsWith("parks")) {
      end = new RowEnd(RowState.ATTENTION, "KubernetesRefused", "A quota.", "database-1~2");
    }
    batches.end(scope, task.batchId(), task.number(), end, Instant.now());
    return end.state();
  }

  @Override
  public void giveUp(RowFailure failure) {
    throw Failures.of(FailureType.INTERNAL, "no row of a test is given up: " + failure.code());
  }

  @Override
  public void tell(BatchNews news) {
    batches.tell(news.scope(), news.batchId(), news.run(), news.state(), Instant.now());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw Failures.of(FailureType.INTERNAL, "interrupted");
    }
  }
}
