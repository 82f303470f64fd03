package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.LoginRights;
import io.tas.dbhub.core.model.SslMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LoginLookTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration DAY = Duration.ofHours(24);

  private final LoginLook logins = new LoginLook(DAY, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void itIsAskedAtFirstAfterAChangeAndWhenTheAnswerIsOld() {
    Connection.Found connection = connection(DatabaseType.POSTGRES, true);

    assertThat(logins.due(connection, null)).isTrue();
    assertThat(logins.due(connection, known(LoginRights.READ_ONLY, 3, NOW))).isFalse();
    assertThat(logins.due(connection, known(LoginRights.UNKNOWN, 3, NOW))).isFalse();
    assertThat(logins.due(connection, known(LoginRights.READ_ONLY, 2, NOW))).isTrue();
    assertThat(logins.due(connection, known(LoginRights.READ_ONLY, 3, NOW.minus(DAY)))).isTrue();
    assertThat(logins.due(connection, known(LoginRights.READ_ONLY, 3, NOW).due())).isTrue();
    assertThat(logins.due(connection, known(LoginRights.UNASKED, 3, NOW)))
        .as("it was not read-only")
        .isTrue();
  }

  @Test
  void whatMayWriteItselfAndFilesAreNotAsked() {
    for (Connection.Found connection :
        List.of(connection(DatabaseType.POSTGRES, false), connection(DatabaseType.SQLITE, true))) {
      assertThat(logins.due(connection, null)).isFalse();
      assertThat(logins.found(connection, null, false, reached(true, null)))
          .isEqualTo(known(LoginRights.UNASKED, 3, NOW));
      assertThat(
              logins.found(
                  connection, known(LoginRights.UNASKED, 1, NOW), false, reached(true, null)))
          .isNull();
    }
  }

  @Test
  void theAnswerIsWhatIsKnownAndNoAnswerIsNotAskedForAgainSoon() {
    Connection.Found connection = connection(DatabaseType.MARIADB, true);

    assertThat(logins.found(connection, null, true, reached(true, true)))
        .isEqualTo(known(LoginRights.READ_ONLY, 3, NOW));
    assertThat(logins.found(connection, null, true, reached(true, false)))
        .isEqualTo(known(LoginRights.MAY_WRITE, 3, NOW));
    assertThat(logins.found(connection, null, true, reached(true, null)))
        .isEqualTo(known(LoginRights.UNKNOWN, 3, NOW));
    assertThat(logins.found(connection, null, true, reached(false, null))).isNull();
    assertThat(logins.found(connection, null, false, reached(true, null))).isNull();
  }

  @Test
  void aQuestionAfterTheFindingNeitherSpoilsNorDelaysIt() {
    StepLog log = new StepLog();
    log.next(Step.QUERY);
    log.succeed();
    long duration = log.diagnosis().durationMillis();

    log.fail(Step.QUERY, Problem.SILENT.of(connection(DatabaseType.POSTGRES, true).target()));

    assertThat(log.diagnosis().reachable()).isTrue();
    assertThat(log.diagnosis().durationMillis()).isEqualTo(duration);
  }

  private static Connection.Found connection(DatabaseType type, boolean readOnly) {
    return new Connection.Found(
        Targets.at(type, 1, SslMode.DISABLE),
        Targets.NOBODY,
        new Connection.Said(3, "uid", null, null, readOnly));
  }

  private static LoginFinding known(LoginRights rights, long generation, Instant asked) {
    return new LoginFinding(rights, generation, asked.toEpochMilli());
  }

  private static Diagnosis reached(boolean reachable, @Nullable Boolean readOnly) {
    return new Diagnosis(reachable, List.of(), null, null, null, readOnly, 1);
  }
}
