package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tas.dbhub.core.names.TaskQueues;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Prometheus is told, and that no alert is about something it is never told. */
@ExtendWith(RealSystem.class)
class MetricsTest {
  private static final Path RULES = Path.of("..", "deploy", "monitoring", "alerts.yaml");

  /** What is quoted, label matchers, and the labels of an aggregation name no metric. */
  private static final Pattern NO_METRIC =
      Pattern.compile(
          "\"[^\"]*\"|'[^']*'|\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring)\\s*\\([^)]*\\)");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\w|\\s*\\()");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

  private final TestSystem system;
  private final HttpClient http = HttpClient.newHttpClient();

  MetricsTest(TestSystem system) {
    this.system = system;
  }

  @Test
  void everyMetricThatAnAlertIsAboutIsTold() throws IOException {
    Set<String> named = new TreeSet<>();
    for (JsonNode rule : new YAMLMapper().readTree(RULES.toFile()).findValues("expr")) {
      named.addAll(metrics(rule.asText()));
    }
    assertThat(named).contains("dbhub_operations_parked", "dbhub_task_queue_pollers");
    await().atMost(Tenant.PATIENCE).untilAsserted(() -> assertThat(told()).containsAll(named));
  }

  @Test
  void aWorkerCountsWhoPollsEachTaskQueue() {
    for (String queue : List.of(TaskQueues.WORKFLOWS, TaskQueues.JDBC, TaskQueues.DBHUB)) {
      // More than one where a worker was started again in the last five minutes.
      await()
          .atMost(Tenant.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(worker())
                      .containsPattern(
                          "dbhub_task_queue_pollers\\{task_queue=\"" + queue + "\"} [1-9]"));
    }
  }

  @Test
  void bothTellOfTheirJvm() {
    assertThat(told(worker())).contains("jvm_memory_heap_used");
    assertThat(told(api())).contains("jvm_memory_heap_used");
  }

  @Test
  void metricsAreToldApartFromTheRestOfAnExpression() {
    assertThat(
            metrics(
                "sum by (queue) (rate(a_total{job=\"b\"}[5m])) > 2 or absent(c) unless on (d) e"))
        .containsExactly("a_total", "c", "e");
  }

  private static Set<String> metrics(String expression) {
    return NAME.matcher(NO_METRIC.matcher(expression).replaceAll(" "))
        .results()
        .map(found -> found.group())
        .filter(name -> !OPERATORS.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> told() {
    Set<String> all = told(worker());
    all.addAll(told(api()));
    return all;
  }

  private static Set<String> told(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String worker() {
    return get(system.local().workerAdmin());
  }

  private String api() {
    return get(system.local().apiAdmin());
  }

  private String get(URI admin) {
    try {
      return http.send(
              HttpRequest.newBuilder(admin.resolve("metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
