package io.tas.dbhub.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.worker.informer.ResourceWatcher;
import io.temporal.common.WorkerDeploymentVersion;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerConfigurationTest {
  /** A group of the same name in Dropwizard's own configuration would take it for itself. */
  @Test
  void theMonitoringPolicyIsTheOneOfTheFile() throws Exception {
    WorkerConfiguration read = read("monitoring: {interval: 7s, failuresToFailed: 5}");

    assertThat(read.monitoring.policy().interval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(read.monitoring.policy().failuresToFailed()).isEqualTo(5);
  }

  @Test
  void theJournalIsTheOneOfTheFile() throws Exception {
    WorkerConfiguration read =
        read("journal: {url: 'jdbc:postgresql://j.example/j', username: u, password: p}");

    assertThat(read.journal.url).isEqualTo("jdbc:postgresql://j.example/j");
    assertThat(read.journal.username).isEqualTo("u");
    assertThat(read.journal.password).isEqualTo("p");
  }

  @Test
  void aWorkerIsOfABuildOnlyWhereItSaysSo() throws Exception {
    assertThat(read("{}").temporal.deployment.version()).isEmpty();
    assertThat(
            read("temporal: {deployment: {name: '', buildId: ''}}").temporal.deployment.version())
        .isEmpty();
    assertThat(
            read("temporal: {deployment: {name: workers, buildId: 1.4-a}}")
                .temporal
                .deployment
                .version())
        .contains(new WorkerDeploymentVersion("workers", "1.4-a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: workers}",
        "{buildId: b1}",
        "{name: a.b, buildId: b1}",
        "{name: a, buildId: 'b:1'}"
      })
  void halfABuildIsRefused(String deployment) {
    assertThatThrownBy(() -> read("temporal: {deployment: " + deployment + "}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("temporal.deployment");
  }

  @Test
  void theLeaseIsWhereTheConnectionsAreUnlessTheFileSaysOtherwise() throws Exception {
    assertThat(read("{}").kubernetes.lease())
        .isEqualTo(new ResourceRef("tas-mcp-servers", "dbhub-worker"));
    assertThat(
            read("kubernetes: {namespace: a, leaseNamespace: b, leaseName: c}").kubernetes.lease())
        .isEqualTo(new ResourceRef("b", "c"));
  }

  @Test
  void theNamespaceOfTheConnectionsIsAlwaysWatched() throws Exception {
    assertThat(read("kubernetes: {namespace: b, watchNamespaces: [c, a]}").kubernetes.watched())
        .containsExactly("a", "b", "c");
    assertThat(read("kubernetes: {watchNamespaces: [a, '*']}").kubernetes.watched())
        .containsExactly(ResourceWatcher.EVERYWHERE);
  }

  private static WorkerConfiguration read(String file) throws Exception {
    return new YamlConfigurationFactory<>(
            WorkerConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "")
        .build(path -> new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "memory");
  }
}
