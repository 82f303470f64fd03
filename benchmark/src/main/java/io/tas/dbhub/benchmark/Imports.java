package io.tas.dbhub.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.Samples;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Imports of many connections to one SQLite file, and how far behind their progress is. */
final class Imports {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ApiClient api;
  private final Map<String, Object> request;
  private int made;

  /**
   * @param loading until the file was taken and the batch was begun; seconds
   * @param running from then on, until the batch had ended; seconds
   * @param stale by how much the progress was behind the inventory at most; seconds
   */
  record Import(double loading, double running, double stale) {}

  /** What there was in the inventory at a time. */
  private record Truth(long atNanos, long databases) {}

  Imports(ApiClient api, Samples.Sample sample) {
    this.api = api;
    this.request = sample.request();
  }

  /** Returns when the batch has ended, with every row done. */
  Import run(int rows, int parallelism) {
    long before = databases();
    long begin = System.nanoTime();
    ApiClient.Answer answer =
        api.post("batches/import?format=json&dry_run=false&parallelism=" + parallelism, rows(rows));
    if (answer.status() != 202) {
      throw new EngineException("POST /batches/import answered " + answer.text());
    }
    long loaded = System.nanoTime();
    String id = answer.body().path("id").asText();
    Deque<Truth> seen = new ArrayDeque<>();
    long stale = 0;
    while (true) {
      seen.add(new Truth(System.nanoTime(), databases() - before));
      JsonNode batch = api.get("batches/" + id).body();
      long done = batch.at("/rows/done").asLong();
      long now = System.nanoTime();
      while (!seen.isEmpty() && seen.getFirst().databases() <= done) {
        stale = Math.max(stale, now - seen.removeFirst().atNanos());
      }
      String state = batch.path("state").asText();
      if (!state.equals("running")) {
        if (!state.equals("completed") || done != rows) {
          throw new EngineException("The import ended as " + batch);
        }
        return new Import((loaded - begin) / 1e9, (now - loaded) / 1e9, stale / 1e9);
      }
      OperatorSystem.pause(LOOK);
    }
  }

  private List<Map<String, Object>> rows(int count) {
    int first = made;
    made += count;
    return IntStream.range(first, made)
        .mapToObj(
            i -> {
              Map<String, Object> row = new HashMap<>(request);
              row.put("name", "import-" + i);
              return row;
            })
        .toList();
  }

  private long databases() {
    return api.get("databases?page_size=1").body().path("total").asLong();
  }
}
