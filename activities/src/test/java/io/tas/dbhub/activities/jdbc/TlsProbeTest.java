package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

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
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an SSL mode means, by a server that does TLS and then refuses the login: a refused login
 * proves that TLS was gone through.
 */
final class TlsProbeTest {
  private static final Credentials LOGIN = new Credentials("Us3r-N4me", "p4ss/w&rd=?");

  @TempDir private static Path directory;
  private static Certificates certificates;
  private static Path authority;

  @BeforeAll
  static void issue() throws Exception {
    certificates = new Certificates(directory);
    certificates.issue("good", "dns:localhost", "-1d", 20);
    certificates.issue("expired", "dns:localhost", "-10d", 5);
    certificates.issue("other", "dns:other.example", "-1d", 20);
    authority = certificates.authority();
  }

  private static Diagnosis probe(
      DatabaseType type, String certificate, SslMode mode, Optional<Path> caFile) throws Exception {
    SSLContext tls = certificates.server(certificate);
    FakeServer.Manner manner =
        type == DatabaseType.POSTGRES
            ? FakeEngines.postgres(Optional.of(tls), "28P01")
            : FakeEngines.mysql(Optional.of(tls), 1045, "28000");
    ProbeSettings settings =
        new ProbeSettings(
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            1,
            true,
            List.of(),
            Optional.empty(),
            caFile);
    try (FakeServer server = new FakeServer(manner);
        TargetProber prober = new TargetProber(settings)) {
      Target target = Targets.at(type, "localhost", server.port(), "shop", mode);
      Diagnosis diagnosis = prober.probe(target, LOGIN);
      Secrecy.check(diagnosis, LOGIN);
      return diagnosis;
    }
  }

  private static void assertPassed(Diagnosis diagnosis) {
    assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(Targets.steps(diagnosis))
        .containsExactly("resolve", "connect", "tls", "authenticate");
  }

  private static void assertRejected(Diagnosis diagnosis, Problem problem) {
    assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.TLS);
    assertThat(Targets.steps(diagnosis)).containsExactly("resolve", "connect", "tls");
    Target any = Targets.at(DatabaseType.MYSQL, 1, SslMode.REQUIRE);
    assertThat(Targets.error(diagnosis).suggestion()).isEqualTo(problem.of(any).suggestion());
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MYSQL", "MARIADB"})
  void requireEncryptsAndChecksNothing(DatabaseType type) throws Exception {
    for (String certificate : List.of("good", "expired", "other")) {
      assertPassed(probe(type, certificate, SslMode.REQUIRE, Optional.empty()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MYSQL", "MARIADB"})
  void verifyCaChecksTheAuthorityAndNotTheHost(DatabaseType type) throws Exception {
    Optional<Path> caFile = Optional.of(authority);
    assertPassed(probe(type, "good", SslMode.VERIFY_CA, caFile));
    assertPassed(probe(type, "other", SslMode.VERIFY_CA, caFile));
    assertRejected(
        probe(type, "expired", SslMode.VERIFY_CA, caFile), Problem.CERTIFICATE_OUT_OF_DATE);
    assertRejected(
        probe(type, "good", SslMode.VERIFY_CA, Optional.empty()), Problem.CERTIFICATE_UNTRUSTED);
  }

  /** The host is compared by name although the socket was connected to the checked address. */
  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MYSQL", "MARIADB"})
  void verifyFullChecksTheHostToo(DatabaseType type) throws Exception {
    Optional<Path> caFile = Optional.of(authority);
    assertPassed(probe(type, "good", SslMode.VERIFY_FULL, caFile));
    assertRejected(
        probe(type, "other", SslMode.VERIFY_FULL, caFile), Problem.CERTIFICATE_WRONG_HOST);
    assertRejected(
        probe(type, "good", SslMode.VERIFY_FULL, Optional.empty()), Problem.CERTIFICATE_UNTRUSTED);
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MYSQL", "MARIADB", "SQLSERVER"})
  void aServerWithoutTlsFailsTheTlsStep(DatabaseType type) throws Exception {
    FakeServer.Manner manner =
        switch (type) {
          case POSTGRES -> FakeEngines.postgres(Optional.empty(), "28P01");
          case SQLSERVER -> FakeEngines.sqlServer(18456);
          default -> FakeEngines.mysql(Optional.empty(), 1045, "28000");
        };
    try (FakeServer server = new FakeServer(manner);
        TargetProber prober = new TargetProber(Targets.local())) {
      Diagnosis diagnosis =
          prober.probe(Targets.at(type, server.port(), SslMode.VERIFY_FULL), LOGIN);

      assertRejected(diagnosis, Problem.TLS_NOT_OFFERED);
    }
  }
}
