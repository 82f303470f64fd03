package io.tas.dbhub.worker.election;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.core.model.ResourceRef;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one worker of several do a duty: whoever holds a Lease begins it, and ends it when the Lease
 * is lost or was not renewed for a while, before others may take it; requests that hang change
 * nothing of that. Only where the whole process is stalled (a long pause of the garbage collector,
 * a frozen machine) two may do it for a moment; what the duty does has to bear that. Nothing that
 * happens to Kubernetes ends the election. Thread-safe.
 */
public final class Leadership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final ResourceRef lease;
  private final ElectionTimes times;
  private final Duty duty;
  private final LeaseClaim claim;
  private final LongSupplier nanoTime;
  private final Thread thread = new Thread(this::run, "dbhub-election");

  /** Requests have a thread of their own, for a leader has to end in time whatever they do. */
  private final ExecutorService requests = Executors.newSingleThreadExecutor(Leadership::daemon);

  private final CountDownLatch stopping = new CountDownLatch(1);

  private @Nullable Term term;
  private long renewedAt;
  private volatile boolean leads;
  private volatile String leader = "";
  private volatile String trouble = "";

  /** What only one has to do. */
  @FunctionalInterface
  public interface Duty {
    /** Begins it without waiting for anything. Where this fails, nothing of it is left. */
    Term begin();
  }

  /** One time of leading. */
  @FunctionalInterface
  public interface Term extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param kubernetes a client that gives up a request early enough for the times
   * @param lease is made where it is missing
   * @param host tells people which worker leads
   */
  public Leadership(
      KubernetesClient kubernetes, ResourceRef lease, String host, ElectionTimes times, Duty duty) {
    this(kubernetes, lease, host, times, duty, System::nanoTime);
  }

  Leadership(
      KubernetesClient kubernetes,
      ResourceRef lease,
      String host,
      ElectionTimes times,
      Duty duty,
      LongSupplier nanoTime) {
    this.lease = lease;
    this.times = times;
    this.duty = duty;
    this.nanoTime = nanoTime;
    // Workers of one machine are told apart, and one that was started again is another.
    this.claim =
        new LeaseClaim(kubernetes, lease, host + "-" + UUID.randomUUID(), times.lease(), nanoTime);
    this.thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  public boolean leads() {
    return leads;
  }

  /** Who leads, as far as is known; empty: nobody. */
  public String leader() {
    return leader;
  }

  /** Why the election does not work, and what cures it; empty: it works. */
  public String trouble() {
    return trouble;
  }

  private void run() {
    try {
      Duration pause = Duration.ZERO;
      while (!stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        pause = turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (stopping.getCount() > 0) {
        trouble = "this worker has to be started again to take part in the election";
      }
      stopLeading("this worker stops");
      giveBack();
      requests.shutdown();
    }
  }

  /** Answers how long to wait before the next one. */
  private Duration turn() throws InterruptedException {
    long asked = nanoTime.getAsLong();
    try {
      boolean ours = answer(requests.submit(claim::claim));
      leader = claim.holder();
      Duration expiry = claim.expiresIn().plusMillis(1);
      if (ours && since(asked).compareTo(times.giveUp()) >= 0) {
        // So late that it is nearly over.
        return Duration.ZERO;
      }
      if (ours) {
        renewedAt = asked;
        if (!lead()) {
          return times.lease();
        }
      } else {
        stopLeading("another worker has taken over");
      }
      solved();
      return ours ? rest(times.renew(), asked) : shorter(expiry, times.renew());
    } catch (RuntimeException e) {
      troubled(explained(e));
      return term == null ? times.renew() : shorter(times.retry(), rest(times.giveUp(), renewedAt));
    }
  }

  /** A leader waits only for as long as it may lead, and then as one that does not. */
  private boolean answer(Future<Boolean> claimed) throws InterruptedException {
    try {
      if (term != null) {
        try {
          return claimed.get(rest(times.giveUp(), renewedAt).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          stopLeading("the lease cannot be renewed");
        }
      }
      return claimed.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failed
          ? failed
          : new IllegalStateException(e.getCause());
    }
  }

  /** Answers false when the duty cannot be begun here; then others get a chance. */
  private boolean lead() {
    if (term != null) {
      return true;
    }
    LOG.info("Watches Kubernetes from now on, as the holder of the lease {}", name());
    try {
      term = duty.begin();
      leads = true;
      return true;
    } catch (RuntimeException e) {
      troubled("it cannot begin to watch (" + e + ")");
      giveBack();
      return false;
    }
  }

  private Duration since(long moment) {
    return Duration.ofNanos(nanoTime.getAsLong() - moment);
  }

  /** What of a time that began then is still to come. */
  private Duration rest(Duration time, long began) {
    Duration left = time.minus(since(began));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void stopLeading(String why) {
    Term ending = term;
    if (ending == null) {
      return;
    }
    term = null;
    leads = false;
    LOG.info("Watches Kubernetes no more: {}", why);
    try {
      ending.close();
    } catch (RuntimeException e) {
      LOG.warn("What only the leader does did not end in order", e);
    }
  }

  private void giveBack() {
    try {
      requests.submit(claim::release).get();
    } catch (ExecutionException e) {
      LOG.info("The lease {} is not given back, others wait until it expires", name());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void solved() {
    if (!trouble.isEmpty()) {
      LOG.info("The election works again");
      trouble = "";
    }
  }

  /** Said once, not at every attempt. */
  private void troubled(String now) {
    if (!now.equals(trouble)) {
      trouble = now;
      LOG.warn("This worker cannot take part in the election of the one that watches: {}", now);
    }
  }

  private String explained(RuntimeException e) {
    int code = e instanceof KubernetesClientException refused ? refused.getCode() : 0;
    return switch (code) {
      case FORBIDDEN ->
          "its account may not get, create and update the lease "
              + name()
              + "; apply the Role dbhub-worker-leader of deploy/k8s/rbac-worker.yaml";
      case NOT_FOUND -> "the namespace " + lease.namespace() + " does not exist";
      default ->
          code > 0
              ? "Kubernetes answers " + code + " for the lease " + name()
              : "Kubernetes cannot be asked (" + reason(e) + ")";
    };
  }

  private static String reason(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return cause == null || cause == thrown
        ? thrown.getClass().getSimpleName()
        : cause.getClass().getSimpleName();
  }

  private String name() {
    return lease.namespace() + "/" + lease.name();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "dbhub-lease");
    thread.setDaemon(true);
    return thread;
  }

  /** Ends the duty and gives the lease back. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join(STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
