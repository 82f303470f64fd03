package io.tas.dbhub.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkerConfigurationTest {
  /** A group of the same name in Dropwizard's own configuration would take it for itself. */
  @Test
  void theMonitoringPolicyIsTheOneOfTheFile() throws Exception {
    String file = "monitoring: {interval: 7s, failuresToFailed: 5}";
    WorkerConfiguration read =
        new YamlConfigurationFactory<>(
                WorkerConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "")
            .build(
                path -> new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "memory");

    assertThat(read.monitoring.policy().interval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(read.monitoring.policy().failuresToFailed()).isEqualTo(5);
  }
}
