package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.tas.dbhub.dbhub.client.DbhubAnswer;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.Ports;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Faults that were measured on the operator before this one, each tried again on the whole system;
 * the table in {@code docs/reliability.md} says where the others are tried. All databases are
 * served by one instance that has no policy of its own, so one that breaks the rest shows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(RealSystem.class)
class OperatorFaultsTest {
  private static final String TOWNS = "SELECT name FROM towns ORDER BY name";

  /** What broke the whole configuration: quotes, options and a question mark. */
  private static final String HOSTILE = "x?sslmode=disable&application_name=\"y\"";

  private final TestSystem system;
  private final Tenant tenant;
  private final HandMade team;
  private final List<String> served =
      List.of("good", "twin.a", "twin-a", "dead", "maria", "file", "login", "rotated");
  private Map<String, Object> rotated = Map.of();

  OperatorFaultsTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
    this.team = new HandMade(system, "faults");
  }

  @BeforeAll
  void aNamespaceWithGoodAndBadDatabases() {
    team.database("good", tenant.postgres("good"), Map.of("readOnly", false, "maxRows", 1));
    team.database("twin.a", tenant.postgres("twin_dot"), Map.of());
    team.database("twin-a", tenant.postgres("twin_hyphen"), Map.of());
    team.database("hostile", tenant.postgres("hostile"), Map.of("database", HOSTILE));
    team.database("dead", tenant.postgres("dead"), Map.of("port", new Ports().free()));
    team.database("maria", tenant.mariadb("maria"), Map.of());
    team.database(
        "login",
        Tenant.with(tenant.postgres("login"), Map.of("password", Canaries.password())),
        Map.of());
    rotated = tenant.postgres("rotated");
    team.database("rotated", rotated, Map.of());
    team.apply(
        HandMade.DATABASE,
        "file",
        Map.of(
            "type",
            "sqlite",
            "database",
            tenant.id() + "/" + tenant.sqlite("file").get("database")));
    team.instance("hub", Map.of());
    team.awaitServed("hub", served.toArray(String[]::new));
  }

  @AfterAll
  void takeItAway() {
    team.close();
  }

  @Test
  @DisplayName("fault 1: a failing probe wrote lastChecked, which woke the watch, which probed")
  void aProbeThatFailsAgainWritesNothingAndWakesNobody() {
    // Selected by no instance, which would look at it too.
    try (HangingTargets target = new HangingTargets(new byte[0]);
        HandMade alone = new HandMade(system, "alone")) {
      Map<String, Object> request =
          Tenant.networked(
              "silent",
              "postgres",
              "127.0.0.1",
              target.port(),
              new Login("a", Canaries.password()));
      alone.database("silent", request, Map.of("connectionTimeout", 1));
      alone.awaitPhase(HandMade.DATABASE, "silent", "Failed");
      long probes = target.accepted();
      String version = version(alone);

      // The next one has told what it found when the one after it comes.
      await().atMost(Tenant.PATIENCE).until(() -> target.accepted() >= probes + 2);

      assertThat(version(alone)).isEqualTo(version);
    }
  }

  private static String version(HandMade team) {
    return team.read(HandMade.DATABASE, "silent").at("/metadata/resourceVersion").asText();
  }

  @Test
  @DisplayName("fault 2: a Postgres that accepts and never answers blocked the only worker")
  void healthyDatabasesDoNotWaitBehindHangingOnes() {
    try (HangingTargets targets = new HangingTargets(new byte[0]);
        HandMade hanging = new HandMade(system, "hanging")) {
      int many = 30;
      for (int i = 0; i < many; i++) {
        hanging.database(
            "slow-" + i,
            Tenant.networked(
                "slow",
                "postgres",
                "127.0.0.1",
                targets.port(),
                new Login("nobody", Canaries.password())),
            Map.of("connectionTimeout", 300));
      }
      await().atMost(Tenant.PATIENCE).until(() -> targets.hanging() >= many / 2);

      hanging.database("healthy", tenant.postgres("healthy"), Map.of());
      hanging.awaitPhase(HandMade.DATABASE, "healthy", "Connected");

      // Their first checks may have been left to their monitors by now, which have longer to wait.
      assertThat(IntStream.range(0, many).mapToObj(i -> phase(hanging, "slow-" + i)))
          .as("phases of the hanging ones")
          .anyMatch(phase -> !phase.equals("Failed"));
    }
  }

  private static String phase(HandMade team, String database) {
    return team.read(HandMade.DATABASE, database).at("/status/phase").asText();
  }

  @Test
  @DisplayName("fault 3a: at rest with 50 databases, 9,000 writes and 1,568 rollouts in 3 minutes")
  void atRestNothingIsWritten() {
    team.awaitPhase(HandMade.DATABASE, "good", "Connected");
    team.awaitPhase(HandMade.DATABASE, "dead", "Failed");
    String good = versionOf(HandMade.DATABASE, "good");
    String dead = versionOf(HandMade.DATABASE, "dead");
    String hub = versionOf(HandMade.INSTANCE, "hub");
    long generation = team.deployment("hub").getMetadata().getGeneration();
    // A healthy database is probed every ten seconds here: after two of its probes of another …
    String id = tenant.create(tenant.sqlite("clock"));
    String first = tenant.awaitConnected(id).path("last_checked").asText();
    await()
        .atMost(Tenant.PATIENCE)
        .until(
            () -> tenant.api().get("databases/" + id).body().path("last_checked").asText(),
            checked -> !checked.equals(first));

    // … everything is as it was.
    assertThat(versionOf(HandMade.DATABASE, "good")).isEqualTo(good);
    assertThat(versionOf(HandMade.DATABASE, "dead")).isEqualTo(dead);
    assertThat(versionOf(HandMade.INSTANCE, "hub")).isEqualTo(hub);
    assertThat(team.deployment("hub").getMetadata().getGeneration()).isEqualTo(generation);
    tenant.delete(id);
  }

  private String versionOf(String kind, String what) {
    return team.read(kind, what).at("/metadata/resourceVersion").asText();
  }

  @Test
  @DisplayName("fault 4: postgres://app:apppw@… in status.message, the log and the condition")
  void aFailureNamesNoCredential() {
    JsonNode login = team.awaitPhase(HandMade.DATABASE, "login", "Failed");

    // Logs, histories and events are read by NothingLeaksTest, which knows this password's mark.
    assertThat(login.path("status").toString())
        .contains("does not accept username and password")
        .doesNotContain(Canaries.MARK)
        .doesNotContain("@");
  }

  @Test
  @DisplayName("fault 5: a missing Secret left the phase empty for ever")
  void aMissingSecretIsAStatusThatHealsWhenItAppears() {
    try (HandMade alone = new HandMade(system, "late")) {
      Map<String, Object> request = tenant.postgres("late");
      alone.database("db", request, Map.of("credentialsRef", Map.of("name", "late-later")));
      JsonNode failed = alone.awaitPhase(HandMade.DATABASE, "db", "Failed");
      assertThat(failed.at("/status/message").asText())
          .contains("the Secret late-later does not exist");
      assertThat(HandMade.condition(failed, "Ready").orElseThrow().path("status").asText())
          .isEqualTo("False");

      alone.secret(
          "later",
          Map.of(
              "username",
              request.get("username").toString(),
              "password",
              request.get("password").toString()));

      alone.awaitPhase(HandMade.DATABASE, "db", "Connected");
    }
  }

  @Test
  @DisplayName("fault 6: a.b and a-b shared one variable, so one got the other's login")
  void namesThatDifferInAPointHaveTheirOwnLogins() {
    String who = "SELECT current_database() AS here";

    assertThat(team.awaitRows("hub", "twin.a", who).rows().toString()).contains("twin_dot");
    assertThat(team.awaitRows("hub", "twin-a", who).rows().toString()).contains("twin_hyphen");
  }

  @Test
  @DisplayName("fault 7: a rotated Secret was never noticed")
  void aRotatedSecretIsServedWithoutAnybodyTouchingAnythingElse() throws SQLException {
    assertThat(team.awaitRows("hub", "rotated", TOWNS).count()).isEqualTo(2);
    JsonNode before = team.read(HandMade.INSTANCE, "hub");
    Login fresh = new Login(rotated.get("username").toString(), Canaries.password());
    // The database is there already: this sets the password only.
    system.postgres().createDatabase(rotated.get("database").toString(), fresh, "");

    team.secret("rotated", Map.of("username", fresh.user(), "password", fresh.password()));

    team.await(
        HandMade.INSTANCE,
        "hub",
        hub -> !hub.at("/status/configHash").equals(before.at("/status/configHash")));
    team.awaitServed("hub", served.toArray(String[]::new));
    team.awaitPhase(HandMade.DATABASE, "rotated", "Connected");
    // Its pods are new, so they have logged in anew.
    assertThat(team.awaitRows("hub", "rotated", TOWNS).count()).isEqualTo(2);
  }

  @Test
  @DisplayName("fault 8: any namespace's Secret was readable through credentialsRef.namespace")
  void aSecretOfAnotherNamespaceIsNotUsed() {
    Map<String, Object> request = tenant.postgres("foreign");
    var foreign =
        system
            .kubernetes()
            .secrets()
            .inNamespace("default")
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName("faults-foreign")
                    .withNamespace("default")
                    .endMetadata()
                    .withStringData(
                        Map.of(
                            "username",
                            request.get("username").toString(),
                            "password",
                            request.get("password").toString()))
                    .build());
    foreign.serverSideApply();
    try (HandMade alone = new HandMade(system, "foreign")) {
      for (String name : List.of("faults-foreign", "no-such-secret")) {
        alone.database(
            name, request, Map.of("credentialsRef", Map.of("name", name, "namespace", "default")));
        // Whether it exists is not told either.
        assertThat(
                alone.awaitPhase(HandMade.DATABASE, name, "Failed").at("/status/message").asText())
            .contains("the Secret default/" + name + " may not be used from this namespace");
      }
    } finally {
      foreign.delete();
    }
  }

  @Test
  @DisplayName("fault 9: readOnly, maxRows and allowedOperations ignored; no policy meant writable")
  void theStricterLimitHoldsAndWithoutAPolicyNothingIsWritten() {
    DbhubAnswer.Result one = team.awaitRows("hub", "good", TOWNS);
    assertThat(one.count()).isEqualTo(1);
    assertThat(one.truncated()).isTrue();

    assertThat(team.ask("hub", "good", "DELETE FROM towns"))
        .isInstanceOfSatisfying(
            DbhubAnswer.ToolError.class,
            refused -> assertThat(refused.code()).isEqualTo("READONLY_VIOLATION"));

    try (HandMade strict = new HandMade(system, "strict")) {
      strict.database("db", tenant.postgres("strict"), Map.of());
      strict.instance(
          "hub", Map.of("defaultPolicy", Map.of("allowedOperations", List.of("search_objects"))));
      strict.awaitServed("hub", "db");
      assertThat(strict.ask("hub", "db", TOWNS)).isInstanceOf(DbhubAnswer.NotOffered.class);
    }
  }

  @Test
  @DisplayName("fault 10: a database's name broke the configuration of all databases")
  void aHostileNameIsLeftOutAndSaidSoAndTheOthersGoOn() {
    JsonNode hub = team.read(HandMade.INSTANCE, "hub");

    JsonNode left = HandMade.condition(hub, "DatabasesServed").orElseThrow();
    assertThat(left.path("reason").asText()).isEqualTo("SomeLeftOut");
    assertThat(left.path("message").asText())
        .contains(team.name("hostile"))
        .doesNotContain(HOSTILE);
    assertThat(team.awaitRows("hub", "good", TOWNS).count()).isEqualTo(1);
  }

  @Test
  @DisplayName("fault 11: one dead database, or none at all, and DBHub ended")
  void anInstanceRunsWithADeadDatabaseAndWithNone() {
    assertThat(team.ask("hub", "dead", TOWNS))
        .isInstanceOfSatisfying(
            DbhubAnswer.ToolError.class,
            dead -> assertThat(dead.code()).isEqualTo("SOURCE_UNREACHABLE"));
    assertThat(team.awaitRows("hub", "twin-a", TOWNS).count()).isEqualTo(2);

    try (HandMade empty = new HandMade(system, "empty")) {
      empty.instance("hub", Map.of());
      JsonNode running = empty.awaitPhase(HandMade.INSTANCE, "hub", "Running");
      assertThat(running.at("/status/availableReplicas").asInt()).isEqualTo(1);
      assertThat(running.at("/status/databaseCount").asInt()).isZero();
    }
  }

  @Test
  @DisplayName("fault 12: MySQL and SQLite sources were rejected by DBHub")
  void theMySqlFamilyAndFilesAreServed() {
    // MySQL itself cannot be had here; its rendering is RealDbhubTest's.
    assertThat(team.awaitRows("hub", "maria", TOWNS).count()).isEqualTo(2);
    assertThat(team.awaitRows("hub", "file", TOWNS).count()).isEqualTo(2);
  }

  @Test
  @DisplayName("fault 13: the client called execute_sql, the server offered execute_sql_<id>")
  void oneDatabaseAloneIsCalledByTheSameNameAsOneOfMany() {
    try (HandMade single = new HandMade(system, "single")) {
      single.database("db", tenant.postgres("single"), Map.of());
      single.instance("hub", Map.of());

      assertThat(single.awaitRows("hub", "db", TOWNS).count()).isEqualTo(2);
    }
    assertThat(team.awaitRows("hub", "twin-a", TOWNS).count()).isEqualTo(2);
  }

  @Test
  @DisplayName("fault 14: the client could not read the answers, and a failing test said Connected")
  void whatDbhubRefusesIsAFailure() {
    assertThat(team.ask("hub", "login", TOWNS)).isInstanceOf(DbhubAnswer.ToolError.class);
    assertThat(team.ask("hub", "twin-a", "SELECT * FROM no_such_table"))
        .isInstanceOf(DbhubAnswer.ToolError.class);
    assertThat(team.read(HandMade.DATABASE, "login").at("/status/phase").asText())
        .isEqualTo("Failed");
  }
}
