package io.tas.dbhub.worker.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.KubernetesClients;
import io.tas.dbhub.core.model.ResourceRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Against a real API server, where one is given with {@code -Dkubernetes.kubeconfig=…}. */
@EnabledIfSystemProperty(named = "kubernetes.kubeconfig", matches = ".+")
class RealLeaseTest {
  private static final Duration LASTS = Duration.ofSeconds(15);

  private final ResourceRef lease = new ResourceRef("default", "test-" + UUID.randomUUID());
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aLeaseIsTakenKeptLostAndGivenBack() throws Exception {
    try (KubernetesClient kubernetes =
        KubernetesClients.forLeases(
            KubernetesClients.fromKubeconfig(
                Path.of(System.getProperty("kubernetes.kubeconfig"))))) {
      LeaseClaim ours = new LeaseClaim(kubernetes, lease, "ours", LASTS, nanos::get);
      LeaseClaim theirs = new LeaseClaim(kubernetes, lease, "theirs", LASTS, nanos::get);
      try {
        assertThat(ours.claim()).as("made").isTrue();
        assertThat(theirs.claim()).isFalse();
        assertThat(ours.claim()).as("renewed").isTrue();
        assertThat(theirs.claim()).isFalse();

        nanos.addAndGet(LASTS.toNanos());
        assertThat(theirs.claim()).as("taken from one that was silent").isTrue();
        assertThat(ours.claim()).as("written with a version of before").isFalse();

        theirs.release();
        assertThat(ours.claim()).as("given back").isTrue();
        assertThat(
                kubernetes
                    .leases()
                    .inNamespace(lease.namespace())
                    .withName(lease.name())
                    .get()
                    .getSpec()
                    .getLeaseTransitions())
            .isEqualTo(2);
      } finally {
        kubernetes.leases().inNamespace(lease.namespace()).withName(lease.name()).delete();
      }
    }
  }
}
