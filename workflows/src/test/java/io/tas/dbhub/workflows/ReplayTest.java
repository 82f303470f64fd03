package io.tas.dbhub.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tas.dbhub.core.connectiontest.TestConnection;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Workflows that run today must go on under the code of tomorrow. The histories were recorded by
 * the system tests on a real server; CONTRIBUTING.md says how to record one.
 */
class ReplayTest {
  static Stream<Path> histories() throws IOException, URISyntaxException {
    Path folder = Path.of(ReplayTest.class.getResource("/histories").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void aRecordedHistoryReplays(Path history) {
    assertThatCode(
            () ->
                WorkflowReplayer.replayWorkflowExecution(
                    WorkflowExecutionHistory.fromJson(Files.readString(history)),
                    WorkflowTypes.ALL.get(0),
                    WorkflowTypes.ALL.stream().skip(1).toArray(Class<?>[]::new)))
        .as(
            "replaying %s; a change that breaks running workflows needs Workflow.getVersion",
            history)
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ProvisionDatabase.NAME,
        DeprovisionDatabase.NAME,
        MonitorDatabaseHealth.NAME,
        ReconcileInstance.NAME,
        TestConnection.NAME
      })
  void everyWorkflowHasARecordedHistory(String workflow) throws Exception {
    assertThat(histories().map(file -> file.getFileName().toString()))
        .as("recorded histories")
        .anyMatch(name -> name.startsWith(workflow));
  }

  @Test
  void noRecordedHistoryHoldsCredentialsInClear() throws Exception {
    assertThat(histories())
        .allSatisfy(
            file -> {
              try {
                assertThat(Files.readString(file)).doesNotContainIgnoringCase("\"password\":\"");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
