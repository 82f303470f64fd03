package io.tas.dbhub.worker.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.worker.FakeKubernetes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ResourceRef LEASE = new ResourceRef("ns", "dbhub-worker");
  private static final ElectionTimes SHORT =
      new ElectionTimes(
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          Duration.ofMillis(50));

  /** Nobody lives to see one expire. */
  private static final ElectionTimes NO_EXPIRY =
      new ElectionTimes(
          Duration.ofHours(2), Duration.ofHours(1), Duration.ofMillis(100), Duration.ofMillis(50));

  private final FakeKubernetes kubernetes = new FakeKubernetes();
  private final List<String> happened = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    kubernetes.close();
  }

  @Test
  void ofSeveralOneLeads() {
    Leadership a = worker("a", NO_EXPIRY);
    Leadership b = worker("b", NO_EXPIRY);

    await().atMost(PATIENCE).until(() -> a.leads() || b.leads());
    await().atMost(PATIENCE).until(() -> !a.leader().isEmpty() && !b.leader().isEmpty());
    assertThat(a.leads()).isNotEqualTo(b.leads());
    assertThat(a.leader()).isEqualTo(b.leader()).startsWith(a.leads() ? "a-" : "b-");
    assertThat(happened).hasSize(1);
  }

  @Test
  void aLeaderThatStopsHandsOverAtOnce() {
    Leadership a = worker("a", NO_EXPIRY);
    await().atMost(PATIENCE).until(a::leads);
    Leadership b = worker("b", NO_EXPIRY);
    a.close();

    await().atMost(PATIENCE).until(b::leads);
    assertThat(happened).containsExactly("a begins", "a ends", "b begins");
  }

  @Test
  void aLeaderThatCannotRenewEndsBeforeAnotherBegins() {
    KubernetesClient cut = kubernetes.client();
    Leadership a = worker("a", SHORT, cut);
    await().atMost(PATIENCE).until(a::leads);
    Leadership b = worker("b", SHORT);
    cut.close();

    await().atMost(PATIENCE).until(b::leads);
    assertThat(a.leads()).isFalse();
    assertThat(happened).containsExactly("a begins", "a ends", "b begins");
  }

  @Test
  void aLeaderWhoseRequestHangsEndsBeforeAnotherBegins() {
    KubernetesClient patient = kubernetes.client(Duration.ofMinutes(5));
    opened.add(patient);
    Leadership a = worker("a", SHORT, patient);
    await().atMost(PATIENCE).until(a::leads);
    Leadership b = worker("b", SHORT);
    kubernetes.hangOne("PUT", "leases");

    await().atMost(PATIENCE).until(b::leads);
    assertThat(happened).containsExactly("a begins", "a ends", "b begins");
    kubernetes.endSilence();
  }

  @Test
  void whoCannotBeginLeavesItToAnother() {
    KubernetesClient client = kubernetes.client();
    Leadership a =
        new Leadership(
            client,
            LEASE,
            "a",
            SHORT,
            () -> {
              throw new IllegalStateException("no memory");
            });
    opened.add(a);
    opened.add(client);
    a.start();
    await().atMost(PATIENCE).until(() -> a.trouble().contains("cannot begin"));
    assertThat(a.leads()).isFalse();

    Leadership b = worker("b", NO_EXPIRY);
    await().atMost(PATIENCE).until(b::leads);
    assertThat(happened).containsExactly("b begins");
    await().atMost(PATIENCE).until(() -> a.trouble().isEmpty() && a.leader().startsWith("b-"));
  }

  @Test
  void whoeverComesBackBeginsAfresh() {
    Leadership a = worker("a", SHORT);
    await().atMost(PATIENCE).until(a::leads);
    kubernetes.goAway();
    await().atMost(PATIENCE).until(() -> !a.leads());
    assertThat(a.trouble()).contains("cannot be asked");
    kubernetes.comeBack();

    await().atMost(PATIENCE).until(a::leads);
    assertThat(a.trouble()).isEmpty();
    assertThat(happened).containsExactly("a begins", "a ends", "a begins");
  }

  @Test
  void anAnswerThatIsLostLosesNoLease() {
    Leadership a = worker("a", NO_EXPIRY);
    await().atMost(PATIENCE).until(a::leads);
    kubernetes.loseOneAnswer("PUT", "leases");

    await().atMost(PATIENCE).until(() -> !kubernetes.willLoseAnAnswer());
    String lost = version();
    await("it renews again").atMost(PATIENCE).until(() -> !version().equals(lost));
    assertThat(a.leads()).isTrue();
    assertThat(happened).containsExactly("a begins");
  }

  @Test
  void whoeverLosesTheLeaseEnds() {
    Leadership a = worker("a", SHORT);
    await().atMost(PATIENCE).until(a::leads);
    kubernetes.put(heldBy("somebody"));

    await().atMost(PATIENCE).until(() -> happened.size() == 2);
    assertThat(happened).containsExactly("a begins", "a ends");
    await("once somebody was silent for as long as the lease lasts")
        .atMost(PATIENCE)
        .until(a::leads);
  }

  @Test
  void whoMayNotUseLeasesSaysWhatCuresIt() {
    kubernetes.forbid("/leases");
    Leadership a = worker("a", NO_EXPIRY);

    await().atMost(PATIENCE).until(() -> !a.trouble().isEmpty());
    assertThat(a.trouble())
        .contains("get, create and update")
        .contains("ns/dbhub-worker")
        .contains("deploy/k8s/rbac-worker.yaml");
    kubernetes.forbid("");
    await().atMost(PATIENCE).until(a::leads);
    assertThat(a.trouble()).isEmpty();
  }

  private String version() {
    try (KubernetesClient client = kubernetes.client()) {
      return client
          .leases()
          .inNamespace(LEASE.namespace())
          .withName(LEASE.name())
          .get()
          .getMetadata()
          .getResourceVersion();
    }
  }

  private Leadership worker(String name, ElectionTimes times) {
    KubernetesClient client = kubernetes.client();
    opened.add(client);
    return worker(name, times, client);
  }

  private Leadership worker(String name, ElectionTimes times, KubernetesClient client) {
    Leadership leadership =
        new Leadership(
            client,
            LEASE,
            name,
            times,
            () -> {
              happened.add(name + " begins");
              return () -> happened.add(name + " ends");
            });
    // Before its client.
    opened.add(0, leadership);
    leadership.start();
    return leadership;
  }

  private static Lease heldBy(String holder) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(LEASE.namespace())
        .withName(LEASE.name())
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(holder)
        .withLeaseDurationSeconds(2)
        .endSpec()
        .build();
  }
}
