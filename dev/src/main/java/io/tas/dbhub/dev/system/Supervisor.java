package io.tas.dbhub.dev.system;

import io.tas.dbhub.dev.engine.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts API and worker again when they end, as a cluster would, with growing pauses when they keep
 * ending; says so when an engine ends.
 */
final class Supervisor {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Steps steps;
  private final CountDownLatch stopping;
  private final List<Runnable> looks = new ArrayList<>();

  /**
   * @param stopping counted down when everything is being stopped
   */
  Supervisor(Steps steps, CountDownLatch stopping) {
    this.steps = steps;
    this.stopping = stopping;
  }

  void revive(String name, JvmProcess process, Runnable restarted) {
    looks.add(new Revival(name, process, restarted));
  }

  void watch(String name, ChildProcess process) {
    looks.add(
        new Runnable() {
          private boolean told;

          @Override
          public void run() {
            if (!told && !process.isAlive() && !ending()) {
              told = true;
              steps.say(name, "has ended; stop and start again (its log: " + process.log() + ")");
            }
          }
        });
  }

  void start() {
    Thread thread =
        new Thread(
            () -> {
              while (!ending()) {
                looks.forEach(Runnable::run);
              }
            },
            "supervisor");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits a moment, and answers whether everything is being stopped. */
  private boolean ending() {
    try {
      return stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private final class Revival implements Runnable {
    private final String name;
    private final JvmProcess process;
    private final Runnable restarted;
    private Duration pause = Duration.ZERO;
    private long next;

    Revival(String name, JvmProcess process, Runnable restarted) {
      this.name = name;
      this.process = process;
      this.restarted = restarted;
    }

    @Override
    public void run() {
      if (process.isAlive()) {
        if (System.nanoTime() > next + LONGEST_PAUSE.toNanos()) {
          pause = Duration.ZERO;
        }
        return;
      }
      // A process that ends because everything is being stopped is not started again.
      if (System.nanoTime() < next || ending()) {
        return;
      }
      steps.say(name, "has ended; starting it again (its log: " + process.log() + ")");
      process.revive();
      restarted.run();
      pause = pause.isZero() ? LOOK : pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
      next = System.nanoTime() + pause.toNanos();
    }
  }
}
