package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many changes are few rollouts, and what means nothing is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(RealSystem.class)
class CoalescingTest {
  private static final int MANY = 30;

  /** A stream of changes that does not end is rolled out this often all the same. */
  private static final Duration LONGEST_GATHERING = Duration.ofSeconds(5);

  private final TestSystem system;
  private final Tenant tenant;
  private final HandMade team;
  private String file = "";
  private long rolloutsForNew;
  private long atMostForNew;

  CoalescingTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
    this.team = new HandMade(system, "burst");
  }

  @BeforeAll
  void anInstance() {
    // A Database made by hand names the file with its folder.
    file = tenant.id() + "/" + tenant.sqlite("burst").get("database");
    team.instance("hub", Map.of("defaultPolicy", Map.of("readonly", true, "maxRows", 100_000)));
    team.awaitServed("hub");

    long before = generation();
    long began = System.nanoTime();
    for (int i = 0; i < MANY; i++) {
      database("burst-" + i, 1000);
    }
    atMostForNew = atMost(began);
    team.awaitServed("hub", names());
    rolloutsForNew = generation() - before;
  }

  @AfterAll
  void takeItAway() {
    team.close();
  }

  @Test
  void aBurstOfChangesIsASmallNumberOfRollouts() {
    assertThat(rolloutsForNew).as("rollouts for new databases").isBetween(1L, atMostForNew);

    long before = generation();
    long began = System.nanoTime();
    for (int i = 0; i < MANY; i++) {
      database("burst-" + i, 2000 + i);
    }
    long atMost = atMost(began);
    team.await(
        HandMade.INSTANCE,
        "hub",
        instance -> configuration().contains("max_rows = " + (1999 + MANY)));
    team.awaitServed("hub", names());
    assertThat(generation() - before).as("rollouts for changes").isBetween(1L, atMost);
  }

  /** Two, and as many more as the changes themselves took whole gatherings. */
  private static long atMost(long began) {
    return 2 + (System.nanoTime() - began) / LONGEST_GATHERING.toNanos();
  }

  private String[] names(String... others) {
    return Stream.concat(IntStream.range(0, MANY).mapToObj(i -> "burst-" + i), Stream.of(others))
        .toArray(String[]::new);
  }

  @Test
  @DisplayName("fault 3: twelve touches that mean nothing moved the Deployment by 38 generations")
  void aTouchThatMeansNothingChangesNotOneGeneration() {
    JsonNode settled = team.awaitPhase(HandMade.DATABASE, "burst-1", "Connected");
    int rows = team.read(HandMade.DATABASE, "burst-2").at("/spec/maxRows").asInt();
    long before = generation();
    Set<String> versions = ConcurrentHashMap.newKeySet();
    try (Watch watch = watching(versions)) {
      versions.add(configMap().getMetadata().getResourceVersion());
      for (int i = 0; i < 4; i++) {
        String annotation = "{\"metadata\":{\"annotations\":{\"touched\":\"" + i + "\"}}}";
        team.patch(HandMade.DATABASE, "burst-1", annotation);
        // The same manifest again.
        database("burst-2", rows);
        team.patch(
            HandMade.DATABASE,
            "burst-3",
            "{\"metadata\":{\"labels\":{\"touched\":\"" + i + "\"}}}");
        team.patchStatus(
            HandMade.DATABASE, "burst-2", "{\"status\":{\"message\":\"touched " + i + "\"}}");
        team.patch(
            HandMade.DATABASE, "burst-3", "{\"spec\":{\"description\":\"touch " + i + "\"}}");
        team.patch(HandMade.INSTANCE, "hub", annotation);
      }
      // What comes after them has been seen, so they have been, too.
      database("last", 1000);
      team.awaitServed("hub", names("last"));

      assertThat(generation() - before).as("rollouts").isEqualTo(1);
      assertThat(versions).as("versions of the configuration, before and after").hasSize(2);
    }
    assertThat(team.read(HandMade.DATABASE, "burst-1").at("/metadata/generation"))
        .isEqualTo(settled.at("/metadata/generation"));
    team.delete(HandMade.DATABASE, "last");
    team.awaitServed("hub", names());
  }

  private void database(String what, int maxRows) {
    team.apply(
        HandMade.DATABASE, what, Map.of("type", "sqlite", "database", file, "maxRows", maxRows));
  }

  private long generation() {
    return team.deployment("hub").getMetadata().getGeneration();
  }

  private ConfigMap configMap() {
    return system
        .kubernetes()
        .configMaps()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(team.name("hub") + "-config")
        .require();
  }

  private String configuration() {
    return configMap().getData().toString();
  }

  private Watch watching(Set<String> versions) {
    return system
        .kubernetes()
        .configMaps()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(team.name("hub") + "-config")
        .watch(
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, ConfigMap configMap) {
                versions.add(configMap.getMetadata().getResourceVersion());
              }

              @Override
              public void onClose(WatcherException cause) {
                // The count of versions says what is missing.
              }
            });
  }
}
