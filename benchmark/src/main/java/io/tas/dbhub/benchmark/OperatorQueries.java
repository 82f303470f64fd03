package io.tas.dbhub.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tas.dbhub.dbhub.client.DbhubAnswer;
import io.tas.dbhub.dbhub.client.DbhubClient;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Queries through the servers of instances of several sizes, each sent to the server that serves
 * its database: by turns, so that what the machine does otherwise hits all sizes alike.
 */
final class OperatorQueries {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SERVED = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final int QUERIES_TO_WARM_UP = 3000;

  private final OperatorSystem system;
  private final UnaryOperator<String> tokens;
  private final Settings settings;
  private final Steps steps;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final DbhubClient dbhub = new DbhubClient();

  /**
   * @param most how many databases of an instance are asked: as many logins as PostgreSQL has room
   *     for
   * @param turns how often each instance is asked
   * @param time of a turn
   */
  record Settings(int perServer, int most, int callers, int turns, Duration time) {}

  /**
   * @param servers how many served them
   */
  record Outcome(int size, int servers, int asked, Load.Result load) {}

  /**
   * An instance.
   *
   * @param asked its databases that are asked, and where
   */
  private record Served(
      int size, int servers, String token, List<Map.Entry<String, String>> asked) {}

  /**
   * @param tokens what the servers of an instance demand
   */
  OperatorQueries(
      OperatorSystem system, UnaryOperator<String> tokens, Settings settings, Steps steps) {
    this.system = system;
    this.tokens = tokens;
    this.settings = settings;
    this.steps = steps;
  }

  /** An instance of each size; the smaller ones serve some of the databases of the largest. */
  List<Outcome> measure(List<Integer> sizes) {
    int all = Collections.max(sizes);
    for (int size : sizes) {
      system
          .fleet()
          .createInstance(OperatorSystem.NAMESPACE, name(size), settings.perServer(), size);
    }
    system.fleet().create(OperatorSystem.NAMESPACE, all, 0);
    try {
      List<Served> instances = sizes.stream().map(this::served).toList();
      Waiting.until("every monitor", SERVED, system::monitors, running -> running >= all);
      instances.forEach(this::warmUp);
      return measured(instances);
    } finally {
      system.clear();
    }
  }

  private List<Outcome> measured(List<Served> instances) {
    Map<Served, Load.Result> results = new LinkedHashMap<>();
    for (int turn = 1; turn <= settings.turns(); turn++) {
      for (Served instance : instances) {
        Load.Result result = asked(instance, settings.time());
        results.merge(instance, result, Load.Result::and);
        steps.say(
            "queries",
            "%d databases, turn %d of %d: %.0f /s"
                .formatted(instance.size(), turn, settings.turns(), result.perSecond()));
      }
    }
    return results.entrySet().stream()
        .map(
            one ->
                new Outcome(
                    one.getKey().size(),
                    one.getKey().servers(),
                    one.getKey().asked().size(),
                    one.getValue()))
        .toList();
  }

  /** A server that just started compiles what it runs for the first thousands of its queries. */
  private void warmUp(Served instance) {
    long asked = 0;
    while (asked < (long) instance.servers() * QUERIES_TO_WARM_UP) {
      Load.Result result = asked(instance, WARM_UP);
      asked += result.latencies().count();
      steps.say(
          "queries",
          "%d databases, warming up: %.0f /s".formatted(instance.size(), result.perSecond()));
    }
  }

  private Load.Result asked(Served instance, Duration time) {
    AtomicInteger next = new AtomicInteger();
    List<Map.Entry<String, String>> all = instance.asked();
    return Load.run(
        settings.callers(),
        time,
        () -> ask(all.get(next.getAndIncrement() % all.size()), instance.token()));
  }

  private static String name(int size) {
    return "bench-" + size;
  }

  private void ask(Map.Entry<String, String> database, String token) {
    DbhubAnswer answer =
        dbhub.execute(database.getValue(), database.getKey(), token, "SELECT 1 AS one", PATIENCE);
    if (!(answer instanceof DbhubAnswer.Results)) {
      throw new EngineException("DBHub answered " + answer);
    }
  }

  /** Every nth, so that each server gets its share. */
  private static List<Map.Entry<String, String>> spread(Map<String, String> endpoints, int most) {
    List<Map.Entry<String, String>> all = List.copyOf(endpoints.entrySet());
    int step = Math.max(1, all.size() / most);
    List<Map.Entry<String, String>> some = new ArrayList<>();
    for (int i = 0; i < all.size() && some.size() < most; i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  /** Once all are served. */
  private Served served(int size) {
    String token = tokens.apply(name(size));
    Map<String, String> endpoints =
        Waiting.until(
            size + " databases to be served",
            SERVED,
            () -> endpoints(size, token),
            all -> !all.isEmpty());
    List<Map.Entry<String, String>> asked = spread(endpoints, settings.most());
    steps.say("queries", "%d databases are served, %d asked".formatted(size, asked.size()));
    return new Served(size, (int) endpoints.values().stream().distinct().count(), token, asked);
  }

  /** The endpoint of each source, once all are served; empty before. */
  private Map<String, String> endpoints(int size, String token) {
    GenericKubernetesResource instance = system.instance(name(size));
    if (instance == null || system.served(name(size)) < size) {
      return Map.of();
    }
    Map<String, String> endpoints = new TreeMap<>();
    for (String endpoint : endpoints(instance)) {
      for (JsonNode source : get(endpoint + "/api/sources", token)) {
        String id = source.path("id").asText();
        if (!id.startsWith("_")) {
          endpoints.put(id, endpoint);
        }
      }
    }
    return endpoints.size() < size ? Map.of() : endpoints;
  }

  private static List<String> endpoints(GenericKubernetesResource instance) {
    JsonNode status = JSON.valueToTree(instance.getAdditionalProperties().get("status"));
    List<String> endpoints = new ArrayList<>();
    status.path("servers").forEach(server -> endpoints.add(server.path("endpoint").asText()));
    return endpoints.isEmpty() ? List.of(status.path("endpoint").asText()) : endpoints;
  }

  private JsonNode get(String address, String token) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(address))
                  .header("Authorization", "Bearer " + token)
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.nullNode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while measuring", e);
    }
  }
}
