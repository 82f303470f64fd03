package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.activities.jdbc.net.Endpoint;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.health.ProbeOutcome;
import io.tas.dbhub.core.health.ProbeRequest;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.LoginRights;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.KeyRing;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server. */
final class PostgresProbeTest {
  private static final Credentials READER = new Credentials("reader", "r e/a?d&e=r%");
  private static final Credentials WRITER = new Credentials("writer", "w");

  private static EmbeddedPostgres server;
  private static TargetProber prober;
  private static CredentialSealer sealer;

  @TempDir private static Path keys;

  @BeforeAll
  static void start() throws Exception {
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "20")
            .setServerConfig("password_encryption", "scram-sha-256")
            .start();
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement sql = admin.createStatement()) {
      sql.execute("CREATE ROLE reader LOGIN PASSWORD 'r e/a?d&e=r%'");
      sql.execute("CREATE ROLE writer LOGIN PASSWORD 'w'");
      sql.execute("CREATE DATABASE shop");
      sql.execute("CREATE DATABASE \"odd; name?ssl=true&x=y\"");
      sql.execute("CREATE DATABASE closed");
      sql.execute("REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
    }
    try (Connection admin = server.getDatabase("postgres", "shop").getConnection();
        Statement sql = admin.createStatement()) {
      sql.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
      sql.execute("CREATE TABLE item (id int PRIMARY KEY, name text)");
      sql.execute("CREATE TABLE hidden (id int)");
      sql.execute("CREATE VIEW item_name AS SELECT name FROM item");
      sql.execute("GRANT SELECT ON item, item_name TO reader");
      sql.execute("GRANT SELECT, UPDATE ON item TO writer");
      // The test server trusts everybody; this one must not.
      Files.writeString(
          hbaFile(sql),
          """
          host nohost all all reject
          host all postgres all trust
          host all all all scram-sha-256
          """);
      sql.execute("SELECT pg_reload_conf()");
    }
    prober = new TargetProber(Targets.local());
    KeyRing.generate(keys);
    sealer = KeyRing.load(keys).sealer();
  }

  private static Path hbaFile(Statement sql) throws SQLException {
    try (ResultSet rows = sql.executeQuery("SHOW hba_file")) {
      rows.next();
      return Path.of(rows.getString(1));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    prober.close();
    server.close();
  }

  private static Target target(String database) {
    return Targets.at(
        DatabaseType.POSTGRES, "localhost", server.getPort(), database, SslMode.DISABLE);
  }

  /** What a monitor asks every few minutes is no load. */
  @Test
  void whoOnlyAsksWhetherItAnswersCountsNoTables() {
    Diagnosis diagnosis = prober.reach(target("shop"), READER);

    assertThat(diagnosis.reachable()).isTrue();
    assertThat(diagnosis.serverVersion()).isNotNull();
    assertThat(diagnosis.tables()).isNull();
    assertThat(diagnosis.readOnlyRole()).isNull();
  }

  @Test
  void aWorkingConnectionSaysWhatItIs() {
    Diagnosis diagnosis = prober.probe(target("shop"), READER);

    assertThat(diagnosis.firstError()).isNull();
    assertThat(diagnosis.reachable()).isTrue();
    assertThat(Targets.steps(diagnosis))
        .containsExactly("resolve", "connect", "authenticate", "query");
    assertThat(diagnosis.serverVersion()).startsWith("14.");
    assertThat(diagnosis.database()).isEqualTo("shop");
    assertThat(diagnosis.tables()).isEqualTo(2);
    assertThat(diagnosis.readOnlyRole()).isTrue();
  }

  @Test
  void aLoginThatMayUpdateIsNotReadOnly() {
    assertThat(prober.probe(target("shop"), WRITER).readOnlyRole()).isFalse();
    assertThat(prober.probe(target("shop"), new Credentials("postgres", "x")).readOnlyRole())
        .isFalse();
  }

  @Test
  void whatTheLoginMayDoIsAskedWithoutCountingTables() {
    assertThat(rights(READER)).isTrue();
    assertThat(rights(WRITER)).isFalse();
  }

  private static @Nullable Boolean rights(Credentials login) {
    Target shop = target("shop");
    Diagnosis diagnosis = prober.reach(shop, login, prober.patience(shop), true);
    assertThat(diagnosis.reachable()).isTrue();
    assertThat(diagnosis.tables()).isNull();
    return diagnosis.readOnlyRole();
  }

  @Test
  void aServerThatDoesNotTellWhatTheLoginMayDoIsReachable() throws Exception {
    try (Connection admin = server.getDatabase("postgres", "shop").getConnection();
        Statement sql = admin.createStatement()) {
      sql.execute("REVOKE EXECUTE ON FUNCTION pg_is_in_recovery FROM PUBLIC");
      try {
        assertThat(rights(READER)).isNull();
      } finally {
        sql.execute("GRANT EXECUTE ON FUNCTION pg_is_in_recovery TO PUBLIC");
      }
    }
  }

  @Test
  void aMonitorsProbeTellsOfALoginThatMayWriteThroughAReadOnlyConnection() {
    assertThat(found(READER, true).rights()).isEqualTo(LoginRights.READ_ONLY);
    assertThat(found(WRITER, true).rights()).isEqualTo(LoginRights.MAY_WRITE);
    assertThat(found(WRITER, false).rights()).isEqualTo(LoginRights.UNASKED);
  }

  private static LoginFinding found(Credentials login, boolean readOnly) {
    JdbcProbeActivities activities =
        new JdbcProbeActivities(
            prober,
            resource ->
                new io.tas.dbhub.activities.kubernetes.Connection.Found(
                    target("shop"),
                    login,
                    new io.tas.dbhub.activities.kubernetes.Connection.Said(
                        1, "uid", null, null, readOnly)),
            sealer,
            HealthPolicy.defaults(),
            new LoginLook(Duration.ofHours(24), Clock.systemUTC()));
    ResourceRef resource = new ResourceRef("ns", "shop");
    LoginFinding found =
        Objects.requireNonNull(activities.probe(new ProbeRequest(resource)).login());
    ProbeOutcome again = activities.probe(new ProbeRequest(resource, null, true, found));
    assertThat(again.login()).as("known already").isNull();
    assertThat(Objects.requireNonNull(again.diagnosis()).reachable()).isTrue();
    assertThat(again.diagnosis().readOnlyRole()).isNull();
    return found;
  }

  @Test
  void aNameIsNeverReadAsOptions() {
    Diagnosis diagnosis = prober.probe(target("odd; name?ssl=true&x=y"), READER);

    assertThat(diagnosis.firstError()).isNull();
    assertThat(diagnosis.database()).isEqualTo("odd; name?ssl=true&x=y");
  }

  @Test
  void aWrongPasswordFailsTheLogin() {
    Diagnosis diagnosis =
        prober.probe(target("shop"), new Credentials("reader", "r e/a?d&e=r% wrong"));

    assertThat(diagnosis.reachable()).isFalse();
    assertThat(Targets.steps(diagnosis)).containsExactly("resolve", "connect", "authenticate");
    assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.AUTHENTICATION);
  }

  @Test
  void anEmptyPasswordFailsTheLogin() {
    Diagnosis diagnosis = prober.probe(target("shop"), new Credentials("reader", ""));

    assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.AUTHENTICATION);
  }

  @Test
  void aMissingDatabaseIsToldFromAWrongPassword() {
    Diagnosis diagnosis = prober.probe(target("nowhere"), READER);

    assertThat(Targets.steps(diagnosis))
        .containsExactly("resolve", "connect", "authenticate", "query");
    assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(Targets.error(diagnosis).message()).contains("\"nowhere\"");
  }

  @Test
  void aDatabaseTheLoginMayNotUseIsAMatterOfPermission() {
    assertThat(Targets.error(prober.probe(target("closed"), READER)).kind())
        .isEqualTo(ErrorKind.PERMISSION);
  }

  @Test
  void anAccessRuleOfTheServerIsToldFromAWrongPassword() {
    Diagnosis diagnosis = prober.probe(target("nohost"), READER);

    assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(Targets.error(diagnosis).suggestion()).contains("pg_hba.conf");
  }

  @Test
  void aServerWithoutTlsFailsTheTlsStep() {
    Target target =
        Targets.at(DatabaseType.POSTGRES, "localhost", server.getPort(), "shop", SslMode.REQUIRE);

    Diagnosis diagnosis = prober.probe(target, READER);

    assertThat(Targets.steps(diagnosis)).containsExactly("resolve", "connect", "tls");
    assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.TLS);
  }

  @Test
  void theControlPlanesOwnEngineIsNotConnectedTo() {
    ProbeSettings own =
        new ProbeSettings(
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            1,
            true,
            List.of(new Endpoint("127.0.0.1", server.getPort())),
            Optional.empty(),
            Optional.empty());
    try (TargetProber refusing = new TargetProber(own)) {
      for (String host : List.of("localhost", "127.0.0.1", "127.1.2.3", "::1", "2130706433")) {
        Target target =
            Targets.at(DatabaseType.POSTGRES, host, server.getPort(), "shop", SslMode.DISABLE);

        Diagnosis diagnosis = refusing.probe(target, READER);

        assertThat(Targets.steps(diagnosis)).as(host).containsExactly("resolve");
        assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.PERMISSION);
      }
    }
  }

  @Test
  void noErrorTellsTheCredentials() {
    Credentials login = new Credentials("Us3r-N4me", "p4ss/w&rd=?");
    for (String database : List.of("shop", "nowhere", "nohost", "closed")) {
      for (SslMode mode : SslMode.values()) {
        Target target =
            Targets.at(DatabaseType.POSTGRES, "localhost", server.getPort(), database, mode);
        Secrecy.check(prober.probe(target, login), login);
      }
    }
  }
}
