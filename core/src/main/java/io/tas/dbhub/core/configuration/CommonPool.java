package io.tas.dbhub.core.configuration;

/**
 * The pool that the JDK's HTTP client completes its answers on. Where a process has two processors
 * or fewer, as in most containers, the JDK makes that pool so small that {@code CompletableFuture}
 * does without it, and starts a thread for each answer.
 */
public final class CommonPool {
  private static final String SIZE = "java.util.concurrent.ForkJoinPool.common.parallelism";
  private static final int LEAST = 2;

  private CommonPool() {}

  /** Call it first of all: the JDK reads the size once. A size that is set stays. */
  public static void atLeastTwo() {
    if (System.getProperty(SIZE) == null
        && Runtime.getRuntime().availableProcessors() - 1 < LEAST) {
      System.setProperty(SIZE, Integer.toString(LEAST));
    }
  }
}
