package io.tas.dbhub.worker.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.worker.FakeKubernetes;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseClaimTest {
  private static final Duration LASTS = Duration.ofSeconds(15);
  private static final ResourceRef LEASE = new ResourceRef("ns", "dbhub-worker");

  private final FakeKubernetes kubernetes = new FakeKubernetes();
  private final KubernetesClient client = kubernetes.client();
  private final AtomicLong nanos = new AtomicLong();
  private final LeaseClaim ours = claim("ours");
  private final LeaseClaim theirs = claim("theirs");

  @AfterEach
  void close() {
    client.close();
    kubernetes.close();
  }

  @Test
  void theFirstGetsItAndKeepsIt() {
    assertThat(ours.claim()).isTrue();
    assertThat(theirs.claim()).isFalse();
    assertThat(ours.claim()).isTrue();
    assertThat(theirs.holder()).isEqualTo("ours");
    assertThat(stored().getSpec().getLeaseTransitions()).isZero();
  }

  @Test
  void aHolderThatIsSilentForTheWholeLeaseLosesIt() {
    assertThat(ours.claim()).isTrue();
    assertThat(theirs.claim()).isFalse();

    pass(LASTS.minusMillis(1));
    assertThat(theirs.claim()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(theirs.claim()).isTrue();
    assertThat(ours.claim()).as("who was stalled and wakes up").isFalse();
    assertThat(stored().getSpec().getLeaseTransitions()).isEqualTo(1);
  }

  @Test
  void aHolderThatRenewsInTimeKeepsIt() {
    assertThat(ours.claim()).isTrue();
    for (int i = 0; i < 5; i++) {
      assertThat(theirs.claim()).isFalse();
      pass(LASTS.dividedBy(2));
      assertThat(ours.claim()).isTrue();
    }
  }

  /** Its clock may be years behind: what counts is that it goes on writing. */
  @Test
  void theClockOfTheHolderDoesNotMatter() {
    kubernetes.put(lease("other", ZonedDateTime.parse("2001-02-03T04:05:06Z")));
    assertThat(ours.claim()).isFalse();
    kubernetes.put(lease("other", ZonedDateTime.parse("2051-02-03T04:05:06Z")));
    pass(LASTS.dividedBy(2));
    assertThat(ours.claim()).isFalse();

    pass(LASTS.minusMillis(1));
    assertThat(ours.claim()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(ours.claim()).isTrue();
  }

  @Test
  void whatIsGivenBackIsFreeAtOnce() {
    assertThat(ours.claim()).isTrue();
    assertThat(theirs.claim()).isFalse();
    ours.release();

    assertThat(theirs.claim()).isTrue();
    theirs.release();
    assertThat(stored().getSpec().getHolderIdentity()).isNull();
  }

  @Test
  void whoDoesNotHoldItGivesNothingBack() {
    assertThat(ours.claim()).isTrue();
    assertThat(theirs.claim()).isFalse();
    theirs.release();

    assertThat(stored().getSpec().getHolderIdentity()).isEqualTo("ours");
  }

  @Test
  void aLeaseThatSomebodyDeletedIsMadeAgain() {
    assertThat(ours.claim()).isTrue();
    kubernetes.delete(stored());

    assertThat(ours.claim()).isTrue();
    assertThat(stored().getSpec().getHolderIdentity()).isEqualTo("ours");
  }

  @Test
  void aPartOfASecondIsNotTakenFromTheHolder() {
    assertThat(new LeaseClaim(client, LEASE, "ours", Duration.ofMillis(1500), nanos::get).claim())
        .isTrue();

    assertThat(stored().getSpec().getLeaseDurationSeconds()).isEqualTo(2);
  }

  private LeaseClaim claim(String identity) {
    return new LeaseClaim(client, LEASE, identity, LASTS, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private Lease stored() {
    return client.leases().inNamespace(LEASE.namespace()).withName(LEASE.name()).get();
  }

  private static Lease lease(String holder, ZonedDateTime renewed) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(LEASE.namespace())
        .withName(LEASE.name())
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(holder)
        .withLeaseDurationSeconds((int) LASTS.toSeconds())
        .withRenewTime(renewed)
        .endSpec()
        .build();
  }
}
