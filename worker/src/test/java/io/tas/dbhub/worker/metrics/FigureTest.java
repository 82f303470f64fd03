package io.tas.dbhub.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final Duration LASTS = Duration.ofMinutes(2);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final AtomicLong now = new AtomicLong();
  private Map<String, Double> there = Map.of("", 3.0);
  private boolean down;
  private final Figure figure = figure("parked", "");

  @Test
  void nothingIsToldBeforeItWasLookedUp() {
    assertThat(told("parked")).isEmpty();
  }

  @Test
  void whatWasLookedUpIsTold() {
    figure.refresh();
    assertThat(told("parked")).containsExactly(Map.entry("", 3.0));
  }

  @Test
  void aFailedLookupLeavesTheLastValueUntilItIsStaleAndThenNone() {
    figure.refresh();
    down = true;
    now.addAndGet(LASTS.toNanos());
    figure.refresh();
    assertThat(told("parked")).containsExactly(Map.entry("", 3.0));
    now.incrementAndGet();
    figure.refresh();
    assertThat(told("parked")).isEmpty();
  }

  @Test
  void aLookupThatSucceedsAgainIsToldAgain() {
    down = true;
    now.addAndGet(LASTS.toNanos() * 2);
    figure.refresh();
    down = false;
    there = Map.of("", 0.0);
    figure.refresh();
    assertThat(told("parked")).containsExactly(Map.entry("", 0.0));
  }

  @Test
  void labelledValuesAreToldApart() {
    Figure pollers = figure("pollers", "task_queue");
    there = Map.of("a", 1.0, "b", 0.0);
    pollers.refresh();
    assertThat(told("pollers")).isEqualTo(Map.of("a", 1.0, "b", 0.0));
  }

  private Figure figure(String name, String label) {
    return new Figure(
        registry,
        name,
        "a figure",
        label,
        () -> {
          if (down) {
            throw new IllegalStateException("down");
          }
          return there;
        },
        LASTS,
        now::get);
  }

  private Map<String, Double> told(String name) {
    Map<String, Double> values = new TreeMap<>();
    for (MetricSnapshot metric : registry.scrape(name::equals)) {
      ((GaugeSnapshot) metric)
          .getDataPoints()
          .forEach(
              point ->
                  values.put(
                      point.getLabels().isEmpty() ? "" : point.getLabels().getValue(0),
                      point.getValue()));
    }
    return values;
  }
}
