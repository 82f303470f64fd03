package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.sealing.Credentials;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes by which engines refuse a login, each over its own wire to its own driver. */
final class LoginErrorTest {
  private static final Credentials LOGIN = new Credentials("Us3r-N4me", "p4ss/w&rd=?");

  @ParameterizedTest
  @CsvSource({
    "MYSQL, 1045, 28000, AUTHENTICATION, authenticate",
    "MYSQL, 1044, 42000, PERMISSION, query",
    "MYSQL, 1049, 42000, CONFIGURATION, query",
    "MYSQL, 1040, 08004, CONNECTION, authenticate",
    "MYSQL, 1130, HY000, AUTHENTICATION, authenticate",
    "MYSQL, 1862, HY000, AUTHENTICATION, authenticate",
    "MYSQL, 3159, HY000, TLS, authenticate",
    "MARIADB, 1045, 28000, AUTHENTICATION, authenticate",
    "MARIADB, 1044, 42000, PERMISSION, query",
    "MARIADB, 1049, 42000, CONFIGURATION, query",
    "MARIADB, 1040, 08004, CONNECTION, authenticate",
    "MARIADB, 1130, HY000, AUTHENTICATION, authenticate",
    "MARIADB, 4151, HY000, AUTHENTICATION, authenticate",
    "SQLSERVER, 18456, 28000, AUTHENTICATION, authenticate",
    "SQLSERVER, 18488, 28000, AUTHENTICATION, authenticate",
    "SQLSERVER, 4060, 42000, PERMISSION, query",
    "SQLSERVER, 40615, 28000, AUTHENTICATION, authenticate",
  })
  void aRefusalIsToldByItsCode(
      DatabaseType type, int code, String state, ErrorKind kind, String step) throws Exception {
    FakeServer.Manner manner =
        type == DatabaseType.SQLSERVER
            ? FakeEngines.sqlServer(code)
            : FakeEngines.mysql(Optional.empty(), code, state);
    check(type, manner, kind, step);
  }

  @ParameterizedTest
  @CsvSource({
    "28P01, AUTHENTICATION, authenticate",
    "28000, AUTHENTICATION, authenticate",
    "3D000, CONFIGURATION, query",
    "42501, PERMISSION, query",
    "53300, CONNECTION, authenticate",
    "57P03, CONNECTION, authenticate",
    "XX000, UNKNOWN, authenticate",
  })
  void aRefusalIsToldByItsState(String state, ErrorKind kind, String step) throws Exception {
    check(DatabaseType.POSTGRES, FakeEngines.postgres(Optional.empty(), state), kind, step);
  }

  private static void check(
      DatabaseType type, FakeServer.Manner manner, ErrorKind kind, String step) throws Exception {
    try (FakeServer server = new FakeServer(manner);
        TargetProber prober = new TargetProber(Targets.local())) {
      Diagnosis diagnosis = prober.probe(Targets.at(type, server.port(), SslMode.DISABLE), LOGIN);

      Secrecy.check(diagnosis, LOGIN);
      assertThat(Targets.error(diagnosis).kind()).isEqualTo(kind);
      assertThat(Targets.steps(diagnosis)).endsWith(step);
    }
  }
}
