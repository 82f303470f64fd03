package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of changes at once each takes effect wholly or not at all. */
@ExtendWith(RealSystem.class)
class ConcurrentUpdatesTest {
  private static final int CALLERS = 50;

  private final TestSystem system;
  private final Tenant tenant;

  ConcurrentUpdatesTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void eachOfFiftyUpdatesTakesEffectWhollyOrIsRefused() throws Exception {
    String id = tenant.create(tenant.postgres("updates"));
    tenant.awaitConnected(id);
    String tag = tenant.api().get("databases/" + id).headers().firstValue("ETag").orElseThrow();

    List<Integer> statuses = atOnce(id, tag);

    assertThat(statuses).allMatch(status -> List.of(200, 202, 409, 412).contains(status));
    await("every operation has ended")
        .atMost(Tenant.PATIENCE)
        .until(
            () ->
                tenant
                    .api()
                    .get("databases/" + id + "/operations?status=running")
                    .body()
                    .path("operations")
                    .isEmpty());
    JsonNode after = tenant.api().get("databases/" + id).body();
    int winner = after.path("max_rows").asInt() - 1000;
    assertThat(statuses.get(winner)).as("the one that is seen was accepted").isIn(200, 202);
    assertThat(after.path("description").asText()).isEqualTo("by " + winner);
    assertThat(after.path("labels").path("by").asText()).isEqualTo("n" + winner);
    DatabaseResource resource = resource(after.path("crd_name").asText());
    assertThat(resource.getSpec().maxRows()).isEqualTo(1000 + winner);
    assertThat(resource.getSpec().description()).isEqualTo("by " + winner);
    assertThat(resource.getMetadata().getLabels()).containsEntry("by", "n" + winner);

    long accepted = statuses.stream().filter(status -> status == 200 || status == 202).count();
    String revision =
        tenant.api().get("databases/" + id).headers().firstValue("ETag").orElseThrow();
    assertThat(revision).as("one revision for each").isEqualTo("\"" + (1 + accepted) + "\"");
    tenant.delete(id);
  }

  /** The status of each caller. Half of them insist on the revision that all have seen. */
  private List<Integer> atOnce(String id, String tag) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        answers.add(
            callers.submit(
                () -> {
                  start.await();
                  ApiClient.Answer answer =
                      tenant
                          .api()
                          .put(
                              "databases/" + id,
                              Map.of(
                                  "max_rows", 1000 + caller,
                                  "description", "by " + caller,
                                  "labels", Map.of("by", "n" + caller)),
                              caller % 2 == 0 ? Map.of("If-Match", tag) : Map.of());
                  return answer.status();
                }));
      }
      start.countDown();
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
      return statuses;
    } finally {
      callers.shutdownNow();
    }
  }

  private DatabaseResource resource(String name) {
    return system
        .kubernetes()
        .resources(DatabaseResource.class)
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(name)
        .get();
  }
}
