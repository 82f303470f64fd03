package io.tas.dbhub.activities.kubernetes.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.InstancePhase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InstanceRolloutTest {
  private static final String HASH = "abc";

  private final DBHubInstance instance = Worlds.instance("replicas: 2");

  @Test
  void aRolloutIsDoneWhenEveryReplicaRunsTheHash() {
    assertThat(one(1, 2, 2, 2).done()).isTrue();
    assertThat(one(1, 3, 1, 2).done()).isFalse();
    assertThat(one(0, 2, 2, 2).done()).isFalse();
    assertThat(of("other", server(0, HASH, 1, 2, 2, 2)).done()).isFalse();
    assertThat(of(HASH).done()).isFalse();
  }

  @Test
  void thePhaseSaysWhatServes() {
    assertThat(of(HASH).phase(true)).isEqualTo(InstancePhase.PENDING);
    assertThat(one(1, 2, 2, 0).phase(true)).isEqualTo(InstancePhase.PENDING);
    assertThat(one(1, 2, 2, 1).phase(true)).isEqualTo(InstancePhase.DEGRADED);
    assertThat(one(1, 2, 2, 2).phase(false)).isEqualTo(InstancePhase.DEGRADED);
    assertThat(one(1, 2, 2, 2).phase(true)).isEqualTo(InstancePhase.RUNNING);
  }

  @Test
  void severalServersAreDoneWhenEachOfThemRunsWhatWasApplied() {
    String both = ConfigHash.of(new TreeMap<>(Map.of(0, "h0", 1, "h1")));

    assertThat(of(both, server(0, "h0", 1, 2, 2, 2), server(1, "h1", 1, 2, 2, 2)).done()).isTrue();
    InstanceRollout rolling = of(both, server(0, "h0", 1, 2, 2, 2), server(1, "h1", 1, 3, 1, 2));
    assertThat(rolling.done()).isFalse();
    assertThat(rolling.servers().get(0).done()).isTrue();
    assertThat(rolling.servers().get(1).done()).isFalse();
  }

  @Test
  void noneIsDoneWhileOneShallRunSomethingElseThanWasApplied() {
    String both = ConfigHash.of(new TreeMap<>(Map.of(0, "h0", 1, "h1")));

    InstanceRollout rollout =
        of(both, server(0, "h0", 1, 2, 2, 2), server(1, "before", 1, 2, 2, 2));

    assertThat(rollout.servers().values()).noneMatch(Rollout::done);
    assertThat(of(both, server(0, "h0", 1, 2, 2, 2)).done()).as("one is missing").isFalse();
    assertThat(of(both, server(0, "h1", 1, 2, 2, 2), server(1, "h0", 1, 2, 2, 2)).done())
        .as("exchanged")
        .isFalse();
  }

  @Test
  void aServerThatGoesAwayIsWaitedFor() {
    Deployment leaving = server(1, "h1", 1, 2, 2, 2);
    leaving.getMetadata().setDeletionTimestamp("2026-01-02T03:04:05Z");

    InstanceRollout rollout = of("h0", server(0, "h0", 1, 2, 2, 2), leaving);

    assertThat(rollout.done()).isFalse();
    assertThat(rollout.servers().get(0).done()).isTrue();
    assertThat(rollout.leaving()).extracting(Server::name).containsExactly("main-1");
  }

  @Test
  void theFewestReplicasOfAServerCountAndOneThatServesNothingIsNotReady() {
    InstanceRollout rollout = of("any", server(0, "h0", 1, 2, 2, 2), server(1, "h1", 1, 2, 2, 0));

    assertThat(rollout.available()).isZero();
    assertThat(rollout.serves()).isFalse();
    assertThat(rollout.phase(true)).isEqualTo(InstancePhase.DEGRADED);
  }

  private InstanceRollout one(long observed, int replicas, int updated, int available) {
    return of(HASH, server(0, HASH, observed, replicas, updated, available));
  }

  private InstanceRollout of(String hash, Deployment... deployments) {
    return InstanceRollout.of(instance, List.of(deployments), hash);
  }

  private Deployment server(
      int number, String hash, long observed, int replicas, int updated, int available) {
    Deployment deployment =
        new DeploymentManifest(
                new Server(instance, number), InstanceSettings.PINNED_IMAGE, Optional.empty())
            .deployment(Worlds.rendered(hash, false), Set.of("main"));
    deployment.getMetadata().setGeneration(1L);
    deployment.setStatus(
        new DeploymentStatusBuilder()
            .withObservedGeneration(observed)
            .withReplicas(replicas)
            .withUpdatedReplicas(updated)
            .withAvailableReplicas(available)
            .build());
    return deployment;
  }
}
