package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.dev.system.Steps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Every operation with every fault at every point, many at once. */
final class Matrix {
  private static final int TELL_EVERY = 20;

  /** Has no factor in common with the number of faults at a point, so it meets them in turn. */
  private static final int STRIDE = 17;

  private final Harness harness;
  private final Steps steps;

  Matrix(Harness harness, Steps steps) {
    this.harness = harness;
    this.steps = steps;
  }

  /** All cases of the operations, in an order that is always the same. */
  List<Case> cases(Collection<Operation> operations) {
    Discovery discovery = new Discovery(harness);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<CompletableFuture<Discovery.Found>> exploring =
        operations.stream()
            .map(
                operation ->
                    CompletableFuture.supplyAsync(() -> discovery.explore(operation), threads))
            .toList();
    threads.shutdown();
    List<Case> cases = new ArrayList<>();
    for (CompletableFuture<Discovery.Found> future : exploring) {
      Discovery.Found found = future.join();
      found.forward().forEach(point -> cases.addAll(at(point, List.of())));
      found.undo().forEach(point -> cases.addAll(at(point, found.trigger())));
      steps.say(
          "points",
          "%s: %d forward %s, %d undoing %s"
              .formatted(
                  found.operation(),
                  found.forward().size(),
                  found.forward(),
                  found.undo().size(),
                  found.undo()));
    }
    return cases;
  }

  /** Some of them: each point has some faults, and each fault is somewhere. */
  static List<Case> representative(List<Case> all) {
    return IntStream.range(0, all.size()).filter(i -> i % STRIDE == 0).mapToObj(all::get).toList();
  }

  private static List<Case> at(Point point, List<Injection> trigger) {
    return Fault.at(point).stream()
        .map(
            fault -> {
              List<Injection> all = new ArrayList<>(trigger);
              all.add(
                  new Injection(point.activity(), point.occurrence(), fault, fault.onWrite(point)));
              return new Case(point.operation(), point.toString(), fault.toString(), all);
            })
        .toList();
  }

  /**
   * Runs them.
   *
   * @param atOnce how many at a time
   * @param seed of the order they are run in
   */
  List<Outcome> run(List<Case> cases, int atOnce, long seed) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      ExecutorCompletionService<Outcome> running = new ExecutorCompletionService<>(threads);
      List<Case> mixed = new ArrayList<>(cases);
      // So that crashes, which hit every operation that runs, are spread over the time.
      Collections.shuffle(mixed, new Random(seed));
      mixed.forEach(tried -> running.submit(() -> harness.runner().run(tried)));
      List<Outcome> outcomes = new ArrayList<>();
      while (outcomes.size() < cases.size()) {
        Outcome outcome = running.take().get();
        outcomes.add(outcome);
        if (!outcome.right()) {
          steps.say("WRONG", Report.line(outcome));
        }
        if (outcomes.size() % TELL_EVERY == 0) {
          steps.say("matrix", outcomes.size() + " of " + cases.size());
        }
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the harness has a bug", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
