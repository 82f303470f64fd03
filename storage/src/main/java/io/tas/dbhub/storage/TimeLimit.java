package io.tas.dbhub.storage;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps callers from waiting for a server that is there but silent, which drivers do for minutes.
 * The work is done on a thread of its own, which is interrupted when time is up. Safe for use by
 * several threads.
 */
public final class TimeLimit {
  private final Duration limit;

  /** As many threads as there are callers; idle ones end, and none keeps the process alive. */
  private final ExecutorService threads;

  /**
   * @param name of the threads
   */
  public TimeLimit(Duration limit, String name) {
    this.limit = limit;
    this.threads = Executors.newCachedThreadPool(work -> thread(work, name));
  }

  /**
   * @throws ExecutionException with what the work threw as its cause
   * @throws TimeoutException when the time is up; whether the work took effect is not known then
   */
  public <T> T call(Callable<T> work)
      throws ExecutionException, TimeoutException, InterruptedException {
    Future<T> answer = threads.submit(work);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      answer.cancel(true);
    }
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
