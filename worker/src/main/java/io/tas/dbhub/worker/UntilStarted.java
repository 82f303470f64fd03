package io.tas.dbhub.worker;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the parts of a worker in their order, each again and again until what it needs is there: a
 * worker may be started before Temporal, Neo4j or Kubernetes, and recovers by itself.
 */
public final class UntilStarted implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(UntilStarted.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  /**
   * @param needs the outside system a start waits for
   */
  public record Part(String name, String needs, Managed managed) {}

  private final List<Part> parts;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicInteger started = new AtomicInteger();
  private @Nullable Thread thread;

  public UntilStarted(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public synchronized void start() {
    Thread starter = new Thread(this::startAll, "start");
    thread = starter;
    starter.start();
  }

  @Override
  public synchronized void stop() throws Exception {
    stopping.set(true);
    Thread starter = thread;
    if (starter != null) {
      LockSupport.unpark(starter);
      starter.join();
    }
    for (int i = started.get() - 1; i >= 0; i--) {
      parts.get(i).managed().stop();
    }
  }

  public boolean allStarted() {
    return started.get() == parts.size();
  }

  /** What is being waited for; empty when everything runs. */
  public String waitingFor() {
    int next = started.get();
    return next == parts.size() ? "" : parts.get(next).needs();
  }

  private void startAll() {
    boolean told = false;
    while (!stopping.get() && started.get() < parts.size()) {
      Part part = parts.get(started.get());
      try {
        part.managed().start();
        started.incrementAndGet();
        told = false;
        LOG.info("{} started", part.name());
      } catch (Exception e) {
        if (!told) {
          LOG.warn("{} waits for {}: {}", part.name(), part.needs(), e.getClass().getSimpleName());
          told = true;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
