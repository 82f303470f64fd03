package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.DiagnosisStep;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Targets and settings as the tests need them. */
public final class Targets {
  static final Credentials NOBODY = new Credentials("nobody", "s3cr&t p/ss w=rd");

  private Targets() {}

  public static Target at(
      DatabaseType type, String host, int port, String database, SslMode sslMode) {
    return new Target(type, host, port, database, sslMode, 20, 20);
  }

  public static Target at(DatabaseType type, int port, SslMode sslMode) {
    return at(type, "localhost", port, "shop", sslMode);
  }

  public static ProbeSettings local() {
    return local(Duration.ofSeconds(20));
  }

  static ProbeSettings local(Duration deadline) {
    return new ProbeSettings(
        deadline,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        50,
        true,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  static ConnectionError error(Diagnosis diagnosis) {
    return Objects.requireNonNull(diagnosis.firstError(), "no error");
  }

  static List<String> steps(Diagnosis diagnosis) {
    return diagnosis.steps().stream().map(DiagnosisStep::name).toList();
  }
}
