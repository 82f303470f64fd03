package io.tas.dbhub.worker.informer;

import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once, as soon as everything is known, for monitors whose Database was deleted while nobody
 * watched. They are told to see for themselves: one that does not probe, because its Database was
 * set aside, would never find out.
 */
final class Orphans implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final BooleanSupplier complete;
  private final Running running;
  private final Supplier<Set<String>> wanted;
  private final Notices notices;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "dbhub-orphans");

  /** The workflow ids of the monitors that run; throws when that cannot be had. */
  @FunctionalInterface
  interface Running {
    List<String> monitors();

    static Running in(WorkflowClient temporal) {
      return () ->
          temporal
              .listExecutions(
                  "WorkflowType = '"
                      + MonitorDatabaseHealth.NAME
                      + "' AND ExecutionStatus = 'Running'")
              .map(monitor -> monitor.getExecution().getWorkflowId())
              .toList();
    }
  }

  /**
   * @param complete whether all Databases are known by now
   * @param wanted the workflow ids of the monitors of all Databases
   */
  Orphans(
      BooleanSupplier complete, Running running, Supplier<Set<String>> wanted, Notices notices) {
    this.complete = complete;
    this.running = running;
    this.wanted = wanted;
    this.notices = notices;
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      Duration pause = LOOK;
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        if (complete.getAsBoolean()) {
          if (looked()) {
            return;
          }
          pause = PAUSE;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean looked() {
    try {
      // In this order: a monitor that is started meanwhile has a Database that is known.
      List<String> monitors = running.monitors();
      Set<String> keep = wanted.get();
      List<Notice> orphans =
          monitors.stream().filter(id -> !keep.contains(id)).map(Orphans::toldToLook).toList();
      notices.add(orphans);
      if (!orphans.isEmpty()) {
        LOG.info("{} monitors have no Database any more", orphans.size());
      }
      return true;
    } catch (RuntimeException e) {
      LOG.warn("Which monitors run cannot be had, tried again: {}", e.toString());
      return false;
    }
  }

  private static Notice toldToLook(String workflowId) {
    return new Notice.ConnectionMissing(workflowId.substring(WorkflowIds.health("").length()));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
