package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.sealing.KeyRing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(named = "kubernetes.kubeconfig", matches = ".+")
class RealFirstCheckTest {
  @TempDir Path keys;

  private RealNamespace namespace;
  private NewConnections connections;

  @BeforeEach
  void connect() throws Exception {
    namespace = new RealNamespace();
    KeyRing.generate(keys);
    ManagedDatabases managed = new ManagedDatabases(namespace.name());
    connections =
        new KubernetesNewConnections(
            namespace.worker(),
            managed,
            new KnownConnections(namespace.worker(), managed, KeyRing.load(keys).sealer()));
    namespace.createDatabase("shop", "creds");
  }

  @AfterEach
  void tidy() {
    namespace.close();
  }

  @Test
  void whatWasFoundIsWritten() {
    DatabaseResource read = read();

    connections.write(read, found(read));

    assertThat(read().getStatus().phase()).isEqualTo(DatabaseStatus.CONNECTED);
  }

  @Test
  void whatWasFoundOfAnOlderGenerationDoesNotReplaceWhatIsKnownOfANewer() {
    DatabaseResource old = read();
    namespace
        .administrator()
        .resource(old)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"host\":\"elsewhere\"}}");
    DatabaseResource changed = read();
    connections.write(changed, found(changed));

    assertThatThrownBy(() -> connections.write(old, found(old)))
        .as("the next attempt reads the newer one")
        .satisfies(
            thrown ->
                assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.KUBERNETES_UNAVAILABLE));
    assertThat(read().getStatus().observedGeneration()).isEqualTo(2);
  }

  private DatabaseResource read() {
    return Objects.requireNonNull(connections.find(new ResourceRef(namespace.name(), "shop")));
  }

  private static HealthReport found(DatabaseResource resource) {
    return new HealthReport(
        resource.ref(),
        null,
        DatabaseStatus.CONNECTED,
        "",
        resource.getMetadata().getGeneration(),
        Instant.EPOCH,
        null,
        "Connected",
        resource.getMetadata().getUid(),
        null);
  }
}
