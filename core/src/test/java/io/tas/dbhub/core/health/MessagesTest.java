package io.tas.dbhub.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.core.adoption.AdoptDatabase;
import io.tas.dbhub.core.adoption.Adoption;
import io.tas.dbhub.core.adoption.AdoptionResult;
import io.tas.dbhub.core.adoption.Claim;
import io.tas.dbhub.core.adoption.ManifestReading;
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
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
        MonitorRequest.managed(ref, definition.ref()),
        MonitorRequest.byHand(ref, "uid", null),
        MonitorRequest.byHand(ref, "uid", HealthState.unknown())
            .carrying(
                HealthState.unknown(),
                new Adoption(
                    new Claim(definition.ref(), "print"),
                    AdoptionResult.refused("NameTaken", "another has it"),
                    7)),
        new ProbeOutcome(
            false,
            3,
            diagnosis,
            HealthPolicy.defaults(),
            false,
            null,
            new Claim(definition.ref(), "print")),
        new HealthReport(
            ref,
            null,
            DatabaseStatus.FAILED,
            "m",
            1,
            Instant.EPOCH,
            null,
            "SecretNotFound",
            "uid",
            new AdoptionResult(true, "Adopted", "as 'x'")),
        new ManifestReading(new AdoptDatabase(definition, ref, ref), null));
  }

  /** What was written before there were manifests goes on being read. */
  @Test
  void aDatabaseOfAnOldHistoryWasMadeThroughRest() throws Exception {
    Database old =
        new Database(
            new DatabaseDefinition(
                "id",
                new Scope("acme", "sales"),
                "ada",
                "n",
                new Target(DatabaseType.SQLITE, "", 0, "d", SslMode.DISABLE, 30, 15),
                new AccessPolicy(true, 10),
                Map.of(),
                "",
                "",
                true),
            new ResourceRef("ns", "s"),
            new ResourceRef("ns", "n"),
            DatabaseStatus.PENDING,
            "",
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            1);
    ObjectMapper json = JacksonJsonPayloadConverter.newDefaultObjectMapper();

    String written = json.writeValueAsString(old);
    String without = written.replace(",\"origin\":\"rest\"", "");

    assertThat(without).isNotEqualTo(written);
    assertThat(json.readValue(without, Database.class)).isEqualTo(old);
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
