package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.Waiting;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Random operations on random connections, many at once, while workers are killed at random: after
 * a random number of steps the worker that is about to take the next one dies, and with it whatever
 * else it was doing; one other is left, so that operations go on between crashes. In the end
 * everything has to be whole or gone.
 */
final class Soak {
  private static final int AT_ONCE = 10;
  private static final int MOST_STEPS = 30;
  private static final int TELL_EVERY = 25;
  private static final int MOST_DECISIONS = 10;
  private static final Duration SETTLE = Duration.ofMinutes(3);

  private final Harness harness;
  private final Steps steps;
  private final long seed;
  private final Random chance;
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger operations = new AtomicInteger();
  private final AtomicInteger undone = new AtomicInteger();
  private final AtomicInteger parked = new AtomicInteger();
  private final CountDownLatch enough = new CountDownLatch(1);
  private int crashesLeft;
  private int stepsLeft;

  Soak(Harness harness, Steps steps, long seed) {
    this.harness = harness;
    this.steps = steps;
    this.seed = seed;
    this.chance = new Random(seed);
  }

  /** Returns everything that is not as it should be. */
  List<String> run(int crashes) throws InterruptedException {
    crashesLeft = crashes;
    stepsLeft = 1 + chance.nextInt(MOST_STEPS);
    harness.control().atBoundary(this::step);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<List<Life>>> running = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Random own = new Random(seed * AT_ONCE + i);
      running.add(threads.submit(() -> live(own)));
    }
    try {
      List<Life> lives = new ArrayList<>();
      for (Future<List<Life>> one : running) {
        lives.addAll(one.get());
      }
      steps.say("soak", "settling");
      settle(lives);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the harness has a bug", e.getCause());
    } finally {
      harness.control().atBoundary(worker -> {});
      threads.shutdownNow();
    }
    steps.say(
        "soak",
        "%d operations (%d undone, %d parked and decided) under %d crashes: %d wrong"
            .formatted(operations.get(), undone.get(), parked.get(), crashes, wrong.size()));
    return List.copyOf(wrong);
  }

  /** Counts a worker's step, and kills the worker when its time has come. */
  private void step(String worker) {
    synchronized (this) {
      if (crashesLeft == 0 || --stepsLeft > 0 || !harness.workers().othersWork(worker)) {
        return;
      }
      stepsLeft = 1 + chance.nextInt(MOST_STEPS);
      crashesLeft--;
      if (crashesLeft % TELL_EVERY == 0) {
        steps.say(
            "soak", "%d crashes left, %d operations".formatted(crashesLeft, operations.get()));
      }
      if (crashesLeft == 0) {
        enough.countDown();
      }
    }
    harness.workers().kill(worker);
  }

  /** A connection, and what there has to be of it. */
  private record Life(Subject subject, Facts now) {}

  /** One connection after the other, each with operations as they come. */
  private List<Life> live(Random own) {
    List<Life> lives = new ArrayList<>();
    Life life = new Life(harness.subjects().next(), Facts.NOTHING);
    while (enough.getCount() > 0) {
      life = next(life, own);
      if (life.now().isNothing()) {
        lives.add(life);
        life = new Life(harness.subjects().next(), Facts.NOTHING);
      }
    }
    lives.add(life);
    return lives;
  }

  private Life next(Life life, Random own) {
    List<Operation> possible =
        Arrays.stream(Operation.values()).filter(op -> op.possible(life.now())).toList();
    Operation operation = possible.get(own.nextInt(possible.size()));
    try {
      Facts begins = operation.begins(life.now());
      harness.runner().damage(operation, life.subject(), begins);
      WorkflowStub stub = operation.start(harness.starter(), life.subject(), begins);
      Ending ending = Ending.await(stub, true);
      // The crashes go on, so what is tried again may park again.
      for (int i = 0; i < MOST_DECISIONS && ending instanceof Ending.Parked waiting; i++) {
        parked.incrementAndGet();
        ending = CaseRunner.retried(stub, waiting, true);
      }
      operations.incrementAndGet();
      if (!(ending instanceof Ending.Done)) {
        undone.incrementAndGet();
      }
      Facts expected = ending instanceof Ending.Done ? operation.after(begins) : begins;
      Facts found = harness.world().look(life.subject());
      if (!found.sameParts(expected)) {
        wrong.add(
            "[%s] %s %s: expected %s, but there is %s"
                .formatted(life.subject().id(), operation, ending, expected, found));
      }
      harness
          .journal()
          .check(stub, operation, ending)
          .ifPresent(text -> wrong.add("[" + life.subject().id() + "] " + text));
      return new Life(life.subject(), expected);
    } catch (RuntimeException e) {
      wrong.add("[%s] %s: %s".formatted(life.subject().id(), operation, e.getMessage()));
      return new Life(life.subject(), Facts.NOTHING);
    }
  }

  /** Everything follows, and nothing else is there. */
  private void settle(List<Life> lives) {
    for (Life life : lives) {
      Optional<String> found = harness.runner().check(life.now(), life.subject());
      found.ifPresent(text -> wrong.add("[" + life.subject().id() + "] " + text));
    }
    try {
      for (Life life : lives) {
        harness.runner().tidyUp(life.subject());
      }
      Waiting.until(
          "an empty world",
          SETTLE,
          () -> harness.world().everything(),
          all -> all.values().stream().allMatch(List::isEmpty));
    } catch (RuntimeException e) {
      wrong.add(e.getMessage());
    }
  }
}
