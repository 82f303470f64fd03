package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Batches on the real system: what they report, and that no crash does anything twice. */
@ExtendWith(RealSystem.class)
class BatchesTest {
  private static final int ROWS = 500;
  private static final int BAD = 50;
  private static final int GOOD = ROWS - BAD;
  private static final String HEADER =
      "name,type,database,readonly,max_rows,label.part,is_active\n";

  /** Hundreds of databases are made and taken away on a machine that may be busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final TestSystem system;
  private final Tenant tenant;

  BatchesTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aBatchWithBadRowsSurvivesTheDeathOfItsWorkerAndMakesEachDatabaseOnce() {
    Map<Long, String> bad = new HashMap<>();
    String file = file(tenant.sqlite("towns").get("database").toString(), bad);

    String batch = checked(file, GOOD, 0);
    assertThat(problems(batch)).isEqualTo(bad);
    assertThat(total("")).isZero();

    assertThat(post("batches/" + batch + "/run").status()).isEqualTo(400);
    ApiClient.Answer run = post("batches/" + batch + "/run?only_valid=true");
    assertThat(run.status()).as(run.text()).isEqualTo(202);
    await("in the middle")
        .atMost(PATIENCE)
        .until(() -> show(batch).at("/rows/done").asLong() >= GOOD / 10);
    system.local().worker().kill();
    assertThat(show(batch).at("/rows/done").asLong()).isLessThan(GOOD);
    system.local().worker().revive();
    system.local().worker().awaitReady();

    JsonNode ended = awaitEnd(batch);
    assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("completed");
    assertThat(ended.at("/rows/done").asLong()).isEqualTo(GOOD);
    assertThat(ended.at("/rows/invalid").asLong()).isEqualTo(BAD);
    assertThat(names()).isEqualTo(goodNames());
    assertThat(total("")).isEqualTo(GOOD);
    assertThat(secrets()).isEqualTo(GOOD);

    String again = checked(file, 0, GOOD);
    assertThat(post("batches/" + again + "/run?only_valid=true").status()).isEqualTo(202);
    assertThat(awaitEnd(again).at("/rows/unchanged").asLong()).isEqualTo(GOOD);
    assertThat(total("")).isEqualTo(GOOD);

    JsonNode tested = awaitEnd(begun(Map.of("kind", "test", "selector", part("0"))));
    assertThat(tested.path("state").asText()).as(tested.toString()).isEqualTo("completed");
    assertThat(tested.at("/rows/done").asLong()).isEqualTo(total("&label=part=0"));
    updateChangesWhatItsSelectorFinds();
    deletionLeavesNothing();
  }

  private void updateChangesWhatItsSelectorFinds() {
    JsonNode updated =
        awaitEnd(
            begun(
                Map.of(
                    "kind",
                    "update",
                    "selector",
                    part("1"),
                    "changes",
                    Map.of("set_labels", Map.of("tier", "one")))));
    assertThat(updated.path("state").asText()).as(updated.toString()).isEqualTo("completed");
    assertThat(total("&label=tier=one")).isPositive().isEqualTo(total("&label=part=1"));
  }

  private void deletionLeavesNothing() {
    JsonNode deleted = awaitEnd(begun(Map.of("kind", "delete", "all", true, "parallelism", 32)));
    assertThat(deleted.path("state").asText()).as(deleted.toString()).isEqualTo("completed");
    assertThat(deleted.at("/rows/done").asLong()).isEqualTo(GOOD);
    assertThat(total("")).isZero();
    assertThat(secrets()).isZero();
    assertThat(tenant.api().get("leftovers").body().path("total").asLong()).isZero();
    for (JsonNode batch : tenant.api().get("batches").body().path("batches")) {
      assertThat(tenant.api().delete("batches/" + batch.path("id").asText()).status())
          .isEqualTo(204);
    }
  }

  /** Every tenth row breaks one rule. */
  private static String file(String database, Map<Long, String> bad) {
    StringBuilder file = new StringBuilder(HEADER);
    for (int i = 0; i < ROWS; i++) {
      long line = i + 2L;
      // Of what is not active DBHub hears nothing: hundreds of rollouts would show nothing more.
      String end = i % 9 + "," + (i % 9 == 0);
      if (i % 10 != 0) {
        file.append("%s,sqlite,%s,true,100,%s\n".formatted(name(i), database, end));
        continue;
      }
      switch (i / 10 % 5) {
        case 0 -> {
          file.append("%s,sqlite,%s,true,0,%s\n".formatted(name(i), database, end));
          bad.put(line, "max_rows");
        }
        case 1 -> {
          file.append("%s,oracle,%s,true,100,%s\n".formatted(name(i), database, end));
          bad.put(line, "type");
        }
        case 2 -> {
          file.append(",sqlite,%s,true,100,%s\n".formatted(database, end));
          bad.put(line, "name");
        }
        case 3 -> {
          file.append("%s,sqlite,%s,perhaps,100,%s\n".formatted(name(i), database, end));
          bad.put(line, "readonly");
        }
        default -> {
          file.append("%s,sqlite,%s\n".formatted(name(i), database));
          bad.put(line, "columns");
        }
      }
    }
    return file.toString();
  }

  private static String name(int row) {
    return "row-" + row;
  }

  private static Set<String> goodNames() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ROWS; i++) {
      if (i % 10 != 0) {
        names.add(name(i));
      }
    }
    return names;
  }

  private String checked(String file, int pending, int unchanged) {
    ApiClient.Answer answer = tenant.api().upload("batches/import?name=estate", "text/csv", file);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.body().path("state").asText()).isEqualTo("checked");
    assertThat(answer.body().at("/rows/invalid").asInt()).as(answer.text()).isEqualTo(BAD);
    assertThat(answer.body().at("/rows/pending").asInt()).isEqualTo(pending);
    assertThat(answer.body().at("/rows/unchanged").asInt()).isEqualTo(unchanged);
    return answer.body().path("id").asText();
  }

  /** The column of each problem by the line of its row. */
  private Map<Long, String> problems(String batch) {
    Map<Long, String> problems = new HashMap<>();
    for (JsonNode row :
        tenant
            .api()
            .get("batches/" + batch + "/rows?state=invalid&page_size=1000")
            .body()
            .path("rows")) {
      assertThat(row.path("errors")).as(row.toString()).hasSize(1);
      problems.put(row.path("line").asLong(), row.at("/errors/0/field").asText());
    }
    return problems;
  }

  private String begun(Map<String, Object> fields) {
    ApiClient.Answer answer =
        tenant.api().post("batches", Tenant.with(fields, Map.of("dry_run", false)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.body().path("id").asText();
  }

  private JsonNode awaitEnd(String batch) {
    return await("the batch's end")
        .atMost(PATIENCE)
        .until(
            () -> show(batch),
            now -> !List.of("running", "paused").contains(now.path("state").asText()));
  }

  private JsonNode show(String batch) {
    return tenant.api().get("batches/" + batch).body();
  }

  private ApiClient.Answer post(String path) {
    return tenant.api().post(path, Map.of());
  }

  private static Map<String, String> part(String part) {
    return Map.of("label", "part=" + part);
  }

  private long total(String filter) {
    return tenant.api().get("databases?page_size=1" + filter).body().path("total").asLong();
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>();
    for (int page = 1; names.size() < GOOD && page <= 5; page++) {
      tenant
          .api()
          .get("databases?page_size=100&sort=created_at&page=" + page)
          .body()
          .path("databases")
          .forEach(database -> names.add(database.path("name").asText()));
    }
    return names;
  }

  private int secrets() {
    return system
        .kubernetes()
        .secrets()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withLabel(Kubernetes.TENANT, tenant.id())
        .list()
        .getItems()
        .size();
  }
}
