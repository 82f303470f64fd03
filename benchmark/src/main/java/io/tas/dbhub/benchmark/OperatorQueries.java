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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Queries through the servers of an instance, each sent to the one that serves its database. */
final class OperatorQueries {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SERVED = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private final OperatorSystem system;
  private final String token;
  private final Steps steps;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final DbhubClient dbhub = new DbhubClient();

  /**
   * @param servers how many served them
   */
  record Outcome(int size, int servers, int asked, Load.Result load) {}

  /**
   * @param token what the servers of the instance demand
   */
  OperatorQueries(OperatorSystem system, String token, Steps steps) {
    this.system = system;
    this.token = token;
    this.steps = steps;
  }

  /**
   * @param most how many of the databases are asked: as many logins as PostgreSQL has room for
   */
  Outcome measure(int size, int perServer, int most, int callers, Duration time) {
    system.fleet().createInstance(OperatorSystem.NAMESPACE, perServer);
    system.fleet().create(OperatorSystem.NAMESPACE, size, 0);
    try {
      Map<String, String> endpoints =
          Waiting.until(
              size + " databases to be served", SERVED, () -> served(size), all -> !all.isEmpty());
      List<Map.Entry<String, String>> asked = spread(endpoints, most);
      steps.say("queries", "%d databases are served, %d asked".formatted(size, asked.size()));
      AtomicInteger next = new AtomicInteger();
      Runnable query = () -> ask(asked.get(next.getAndIncrement() % asked.size()));
      Load.Result unused = Load.run(callers, WARM_UP, query);
      return new Outcome(
          size,
          (int) endpoints.values().stream().distinct().count(),
          asked.size(),
          Load.run(callers, time, query));
    } finally {
      system.clear();
    }
  }

  private void ask(Map.Entry<String, String> database) {
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

  /** The endpoint of each source, once all are served; empty before. */
  private Map<String, String> served(int size) {
    GenericKubernetesResource instance = system.instance();
    if (instance == null || system.served() < size) {
      return Map.of();
    }
    Map<String, String> endpoints = new TreeMap<>();
    for (String endpoint : endpoints(instance)) {
      for (JsonNode source : get(endpoint + "/api/sources")) {
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

  private JsonNode get(String address) {
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
