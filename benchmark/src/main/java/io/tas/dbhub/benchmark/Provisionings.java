package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.Samples;
import io.tas.dbhub.dev.system.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The real thing: connections to one SQLite file, made through REST under ever new names. */
final class Provisionings {
  private static final int CREATED = 201;
  private static final int UNDERWAY = 202;
  private static final Duration PROBED = Duration.ofMinutes(2);

  private final ApiClient api;
  private final Map<String, Object> request;
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();

  Provisionings(ApiClient api, Samples.Sample sample) {
    this.api = api;
    this.request = sample.request();
  }

  /**
   * Returns when the connection exists, or the API has given up waiting for it: {@link #late}.
   *
   * @throws EngineException if the API refuses
   */
  void run() {
    Map<String, Object> named = new HashMap<>(request);
    named.put("name", "bench-" + made.incrementAndGet());
    ApiClient.Answer answer = api.post("databases", named);
    if (answer.status() == UNDERWAY) {
      late.incrementAndGet();
    } else if (answer.status() != CREATED) {
      throw new EngineException("POST /databases answered " + answer.text());
    }
  }

  /** How many answers were 202 since this was asked last. */
  int late() {
    return late.getAndSet(0);
  }

  /** Until every connection has been probed, so that this work falls into no other measurement. */
  void awaitProbed() {
    Waiting.until(
        "the first probe of every connection",
        PROBED,
        () -> api.get("databases?status=Pending&page_size=1").body().path("total").asInt(-1),
        pending -> pending == 0);
  }
}
