package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One name, one database; one idempotency key, one database. */
@ExtendWith(RealSystem.class)
class NamesTest {
  private final TestSystem system;
  private final Tenant tenant;

  NamesTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aTakenNameIsRefusedAndLeavesNothingBehind() {
    Map<String, Object> request = tenant.sqlite("taken");
    String first = tenant.create(request);

    ApiClient.Answer second = tenant.api().post("databases", request);

    assertThat(second.status()).as(second.text()).isEqualTo(409);
    assertThat(second.body().path("code").asText()).isEqualTo("NameTaken");
    assertOnly(first);
  }

  @Test
  void ofTwoAtOnceWithTheSameNameExactlyOneIsMade() {
    Map<String, Object> request = tenant.sqlite("race");

    List<ApiClient.Answer> answers = atOnce(4, request, Map.of());

    assertThat(answers).extracting(ApiClient.Answer::status).containsOnlyOnce(201);
    assertThat(answers).extracting(ApiClient.Answer::status).containsOnly(201, 409);
    assertOnly(
        answers.stream().filter(a -> a.status() == 201).map(Tenant::id).findFirst().orElseThrow());
  }

  @Test
  void theSameKeyTwiceMakesOneDatabase() {
    Map<String, Object> request = tenant.sqlite("key");
    Map<String, String> key = Map.of("Idempotency-Key", "once");

    ApiClient.Answer first = tenant.api().post("databases", request, key);
    ApiClient.Answer second = tenant.api().post("databases", request, key);

    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(second.status()).as(second.text()).isEqualTo(201);
    assertThat(Tenant.id(second)).isEqualTo(Tenant.id(first));
    assertOnly(Tenant.id(first));
  }

  @Test
  void theSameKeyAtOnceMakesOneDatabase() {
    Map<String, Object> request = tenant.sqlite("keys");

    List<ApiClient.Answer> answers = atOnce(4, request, Map.of("Idempotency-Key", "at-once"));

    assertThat(answers).extracting(ApiClient.Answer::status).containsOnly(201);
    assertThat(answers.stream().map(Tenant::id).distinct()).hasSize(1);
    assertOnly(Tenant.id(answers.get(0)));
  }

  @Test
  void aKeyOfAnotherRequestIsRefused() {
    Map<String, String> key = Map.of("Idempotency-Key", "reused");
    String id = Tenant.id(tenant.api().post("databases", tenant.sqlite("reused-a"), key));

    ApiClient.Answer other = tenant.api().post("databases", tenant.sqlite("reused-b"), key);

    assertThat(other.status()).as(other.text()).isEqualTo(409);
    assertThat(other.body().path("code").asText()).isEqualTo("IdempotencyKeyReused");
    assertOnly(id);
  }

  private List<ApiClient.Answer> atOnce(
      int times, Map<String, Object> request, Map<String, String> headers) {
    return IntStream.range(0, times)
        .mapToObj(
            i ->
                CompletableFuture.supplyAsync(
                    () -> tenant.api().post("databases", request, headers)))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  /** The tenant has this connection and no trace of another; takes it away. */
  private void assertOnly(String id) {
    new Traces(system, id).assertExactlyOne();
    assertThat(ids()).containsOnly(id);
    assertThat(tenant.api().get("databases").body().path("total").asInt()).isEqualTo(1);
    tenant.delete(id);
    assertThat(ids()).isEmpty();
  }

  private List<String> ids() {
    Stream<? extends HasMetadata> secrets =
        system
            .kubernetes()
            .secrets()
            .inNamespace(ClusterEngine.NAMESPACE)
            .withLabel(Kubernetes.TENANT, tenant.id())
            .list()
            .getItems()
            .stream();
    Stream<? extends HasMetadata> resources =
        system
            .kubernetes()
            .resources(DatabaseResource.class)
            .inNamespace(ClusterEngine.NAMESPACE)
            .withLabel(Kubernetes.TENANT, tenant.id())
            .list()
            .getItems()
            .stream();
    return Stream.concat(secrets, resources)
        .map(object -> object.getMetadata().getLabels().get(Kubernetes.DATABASE_ID))
        .toList();
  }
}
