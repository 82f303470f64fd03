package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a real MariaDB server, by its own driver and by MySQL's, for which there is no server. */
final class MariaDbProbeTest {
  private static final Credentials READER = new Credentials("reader", "r e/a?d&e=r%");
  private static final Credentials WRITER = new Credentials("writer", "w");
  private static final String ODD = "odd; name?x=y&z";

  @TempDir private static Path directory;
  private static MariaDb server;
  private static TargetProber prober;

  @BeforeAll
  static void start() throws Exception {
    Certificates certificates = new Certificates(directory);
    certificates.issue("server", "dns:localhost", "-1d", 20);
    server =
        new MariaDb(
            directory,
            List.of(
                "CREATE DATABASE shop;",
                "CREATE TABLE shop.item (id int);",
                "CREATE TABLE shop.hidden (id int);",
                "CREATE VIEW shop.item_id AS SELECT id FROM shop.item;",
                "CREATE DATABASE closed;",
                "CREATE DATABASE `" + ODD + "`;",
                "CREATE USER reader IDENTIFIED BY 'r e/a?d&e=r%';",
                "CREATE USER writer IDENTIFIED BY 'w';",
                "GRANT SELECT ON shop.item TO reader;",
                "GRANT SELECT, SHOW VIEW ON shop.item_id TO reader;",
                "GRANT SELECT ON `" + ODD + "`.* TO reader;",
                "GRANT SELECT, UPDATE ON shop.* TO writer;"),
            List.of(
                "--ssl-cert=" + certificates.certificate("server"),
                "--ssl-key=" + certificates.key("server")));
    prober =
        new TargetProber(
            new ProbeSettings(
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                4,
                true,
                List.of(),
                Optional.empty(),
                Optional.of(certificates.authority())));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> prober.probe(target(DatabaseType.MARIADB, "shop"), READER).reachable());
  }

  @AfterAll
  static void stop() throws Exception {
    prober.close();
    server.close();
  }

  private static Target target(DatabaseType type, String database) {
    return Targets.at(type, "localhost", server.port(), database, SslMode.DISABLE);
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void aWorkingConnectionSaysWhatItIs(DatabaseType type) {
    Diagnosis diagnosis = prober.probe(target(type, "shop"), READER);

    assertThat(diagnosis.firstError()).isNull();
    assertThat(diagnosis.serverVersion()).startsWith("11.4.5");
    assertThat(diagnosis.database()).isEqualTo("shop");
    assertThat(diagnosis.tables()).isEqualTo(2);
    assertThat(diagnosis.readOnlyRole()).isTrue();
    assertThat(prober.probe(target(type, "shop"), WRITER).readOnlyRole()).isFalse();
    assertThat(rights(type, READER)).isTrue();
    assertThat(rights(type, WRITER)).isFalse();
  }

  private static @Nullable Boolean rights(DatabaseType type, Credentials login) {
    Target shop = target(type, "shop");
    return prober.reach(shop, login, prober.patience(shop), true).readOnlyRole();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void aNameIsNeverReadAsOptions(DatabaseType type) {
    Diagnosis diagnosis = prober.probe(target(type, ODD), READER);

    assertThat(diagnosis.firstError()).isNull();
    assertThat(diagnosis.database()).isEqualTo(ODD);
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void everySslModeIsGoneThroughWithARealServer(DatabaseType type) {
    for (SslMode mode : SslMode.values()) {
      Diagnosis diagnosis =
          prober.probe(Targets.at(type, "localhost", server.port(), "shop", mode), READER);

      assertThat(diagnosis.firstError()).as(mode.wireName()).isNull();
      assertThat(Targets.steps(diagnosis).contains("tls")).isEqualTo(mode.encrypted());
    }
    Diagnosis byAddress =
        prober.probe(
            Targets.at(type, "127.0.0.1", server.port(), "shop", SslMode.VERIFY_FULL), READER);
    assertThat(Targets.error(byAddress).kind()).isEqualTo(ErrorKind.TLS);
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void whatTheServerRefusesIsTold(DatabaseType type) {
    Credentials wrong = new Credentials("reader", "p4ss/w&rd=?");
    Diagnosis login = prober.probe(target(type, "shop"), wrong);
    Secrecy.check(login, wrong);
    assertThat(Targets.error(login).kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(Targets.error(prober.probe(target(type, "closed"), READER)).kind())
        .isEqualTo(ErrorKind.PERMISSION);
  }
}
