package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.core.names.Kubernetes;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events on objects, beside the steps that they tell of: who writes a status neither waits
 * for its event nor fails with it. What cannot be recorded, or comes faster than it can be, is lost
 * with a line in the log; the status has it all. Thread-safe.
 *
 * <p>Events are those of the core API, which {@code kubectl describe} reads on every server; a
 * server shows the same ones as {@code events.k8s.io}.
 */
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final int WAITING = 10_000;

  /** A burst's statuses come first: they are what somebody waits for. */
  private static final int MILLIS_BETWEEN = 100;

  private static final int IDLE_SECONDS = 10;
  private static final int LONGEST_MESSAGE = 1_000;
  private static final int LONGEST_NAME = 200;

  private final KubernetesClient kubernetes;
  private final Clock clock;
  private final Executor executor;

  public EventRecorder(KubernetesClient kubernetes) {
    this(kubernetes, Clock.systemUTC(), beside());
  }

  EventRecorder(KubernetesClient kubernetes, Clock clock, Executor executor) {
    this.kubernetes = kubernetes;
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * @param about as it was read; only what names it is kept
   */
  public void record(HasMetadata about, List<ObjectEvent> events) {
    for (ObjectEvent event : events) {
      Event made = event(about, event);
      executor.execute(() -> write(made));
    }
  }

  private void write(Event event) {
    try {
      kubernetes
          .v1()
          .events()
          .inNamespace(event.getMetadata().getNamespace())
          .resource(event)
          .create();
    } catch (RuntimeException e) {
      // Only its class: the client's message can quote the request.
      LOG.info(
          "event {} on {} is lost: {}",
          event.getReason(),
          event.getInvolvedObject().getName(),
          e.getClass().getSimpleName());
    }
  }

  private Event event(HasMetadata about, ObjectEvent event) {
    ObjectMeta object = about.getMetadata();
    String now = Conditions.timestamp(clock.instant());
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(object.getNamespace())
        .withName(beginning(object.getName()) + "." + UUID.randomUUID())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(object.getNamespace())
        .withName(object.getName())
        .withUid(object.getUid())
        .withResourceVersion(object.getResourceVersion())
        .endInvolvedObject()
        .withType(event.warning() ? "Warning" : "Normal")
        .withReason(event.reason())
        .withMessage(shortened(event.message(), LONGEST_MESSAGE))
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource()
        .withComponent(Kubernetes.MANAGER)
        .endSource()
        .withReportingComponent(Kubernetes.MANAGER)
        .withReportingInstance(Kubernetes.MANAGER)
        .build();
  }

  /** A name that was cut may not end like this before a dot. */
  private static String beginning(String name) {
    return shortened(name, LONGEST_NAME).replaceAll("[.-]+$", "");
  }

  private static String shortened(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest) : text;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One thread, which goes when there is nothing to do, and takes nobody's stop up. */
  private static Executor beside() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "dbhub-events");
              thread.setDaemon(true);
              return thread;
            },
            (task, full) -> LOG.info("an event is lost: too many at once"));
    executor.allowCoreThreadTimeOut(true);
    return task ->
        executor.execute(
            () -> {
              task.run();
              pause();
            });
  }
}
