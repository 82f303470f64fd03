package io.tas.dbhub.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages must come out of a history as they went in. */
class MessagesTest {
  static Stream<Object> messages() {
    DatabaseDefinition definition =
        new DatabaseDefinition(
            "id",
            new Scope("acme", "sales"),
            "ada",
            "Orders ö",
            new Target(DatabaseType.SQLSERVER, "h", 1433, "d", SslMode.VERIFY_FULL, 30, 15),
            new AccessPolicy(true, 10),
            Map.of("a", "b"),
            "",
            "#fff",
            true);
    ResourceRef ref = new ResourceRef("ns", "n");
    ConnectionError error = new ConnectionError(ErrorKind.TLS, "m", "s");
    Diagnosis diagnosis =
        new Diagnosis(
            false, List.of(new DiagnosisStep("tls", false, 3, error)), null, null, null, null, 4);
    return Stream.of(
        new Database(
            definition,
            ref,
            ref,
            DatabaseStatus.DEGRADED,
            "m",
            null,
            Instant.EPOCH,
            Instant.parse("2026-01-01T00:00:00.123456Z"),
            1),
        new ProbeOutcome(false, 3, diagnosis, HealthPolicy.defaults()),
        new MonitorRequest(ref, definition.ref(), HealthState.unknown()),
        new MonitorRequest(ref, null, null));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageSurvivesTheDataConverter(Object message) {
    DefaultDataConverter converter = DefaultDataConverter.newDefaultInstance();

    Object back =
        converter.fromPayload(
            converter.toPayload(message).orElseThrow(), message.getClass(), message.getClass());

    assertThat(back).isEqualTo(message);
  }
}
