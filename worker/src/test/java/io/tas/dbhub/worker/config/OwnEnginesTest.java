package io.tas.dbhub.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.activities.jdbc.net.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnEnginesTest {
  @Test
  void whatTheControlPlaneRunsOnIsRefusedWithoutBeingListed() {
    WorkerConfiguration configuration = new WorkerConfiguration();
    configuration.inventory.uri = "neo4j+s://graph.example";
    configuration.temporal.target = "dns:///temporal.example:7233";
    configuration.journal.url = "jdbc:postgresql://journal.example,[fd00::2]:5433/dbhub";
    configuration.probes.refusedEndpoints = List.of("further.example:1");

    assertThat(
            configuration
                .probes
                .settings(1, OwnEngines.of(configuration, "https://[fd00::1]/"))
                .refusedEndpoints())
        .containsExactly(
            new Endpoint("further.example", 1),
            new Endpoint("graph.example", 7687),
            new Endpoint("temporal.example", 7233),
            new Endpoint("fd00::1", 443),
            new Endpoint("journal.example", 5432),
            new Endpoint("fd00::2", 5433));
  }
}
