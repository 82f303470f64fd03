package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.engine.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Callers who each make a call as soon as the one before was answered. */
final class Load {
  private Load() {}

  /**
   * What a run came to; runs add up.
   *
   * @param seconds on the clock
   * @param processorSeconds of all processes
   */
  record Result(Latencies latencies, double seconds, double processorSeconds) {
    static final Result NONE = new Result(Latencies.NONE, 0, 0);

    Result and(Result more) {
      return new Result(
          latencies.and(more.latencies),
          seconds + more.seconds,
          processorSeconds + more.processorSeconds);
    }

    double processorMillis() {
      return processorSeconds * 1e3 / latencies.count();
    }

    double perSecond() {
      return latencies.count() / seconds;
    }
  }

  /**
   * Begins no call when time is up, and waits for those under way: their time counts.
   *
   * @param call throws when the answer is not the one wanted
   */
  static Result run(int callers, Duration time, Runnable call) {
    long end = System.nanoTime() + time.toNanos();
    return run(callers, () -> System.nanoTime() < end, call);
  }

  /** As many calls, and returns when all were answered. */
  static Result run(int callers, int calls, Runnable call) {
    AtomicInteger begun = new AtomicInteger();
    return run(callers, () -> begun.incrementAndGet() <= calls, call);
  }

  private static Result run(int callers, BooleanSupplier another, Runnable call) {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      double processors = Processors.seconds();
      long start = System.nanoTime();
      List<Callable<List<Long>>> work = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        work.add(() -> calls(another, call));
      }
      List<Long> all = new ArrayList<>();
      for (Future<List<Long>> done : threads.invokeAll(work)) {
        all.addAll(done.get());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Result(new Latencies(all), seconds, Processors.seconds() - processors);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while measuring", e);
    } catch (ExecutionException e) {
      throw new EngineException("A call failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Long> calls(BooleanSupplier another, Runnable call) {
    List<Long> nanos = new ArrayList<>();
    while (another.getAsBoolean()) {
      nanos.add(timed(call));
    }
    return nanos;
  }

  static long timed(Runnable call) {
    long begin = System.nanoTime();
    call.run();
    return System.nanoTime() - begin;
  }
}
