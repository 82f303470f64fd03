package io.tas.dbhub.worker.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gauge whose values are looked up elsewhere now and then. What was looked up too long ago is not
 * told at all: a figure that is missing raises an alert, one that is wrong hides what is going on.
 * Thread-safe.
 */
public final class Figure {
  private static final Logger LOG = LoggerFactory.getLogger(Figure.class);

  private final String name;
  private final Supplier<Map<String, Double>> lookup;
  private final Duration lasts;
  private final LongSupplier nanoTime;
  private volatile Reading last;
  private boolean failed;

  private record Reading(Map<String, Double> values, long takenAt) {}

  /**
   * @param label what the values are told apart by; empty: there is one, under any key
   * @param lookup the values by their label
   * @param lasts how long they are believed
   */
  public Figure(
      PrometheusRegistry registry,
      String name,
      String help,
      String label,
      Supplier<Map<String, Double>> lookup,
      Duration lasts) {
    this(registry, name, help, label, lookup, lasts, System::nanoTime);
  }

  Figure(
      PrometheusRegistry registry,
      String name,
      String help,
      String label,
      Supplier<Map<String, Double>> lookup,
      Duration lasts,
      LongSupplier nanoTime) {
    this.name = name;
    this.lookup = lookup;
    this.lasts = lasts;
    this.nanoTime = nanoTime;
    this.last = new Reading(Map.of(), nanoTime.getAsLong());
    String[] labels = label.isEmpty() ? new String[0] : new String[] {label};
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .callback(
            gauge ->
                current()
                    .forEach(
                        (key, value) ->
                            gauge.call(value, labels.length == 0 ? labels : new String[] {key})))
        .register(registry);
  }

  /** Looks again; what cannot be looked up now stays as it is for as long as it lasts. */
  public synchronized void refresh() {
    try {
      Map<String, Double> values = Map.copyOf(lookup.get());
      last = new Reading(values, nanoTime.getAsLong());
      failed = false;
    } catch (RuntimeException e) {
      if (!failed) {
        LOG.warn("{} cannot be looked up: {}", name, e.getClass().getSimpleName());
        failed = true;
      }
    }
  }

  private Map<String, Double> current() {
    Reading reading = last;
    return nanoTime.getAsLong() - reading.takenAt() > lasts.toNanos() ? Map.of() : reading.values();
  }
}
