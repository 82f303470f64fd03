package io.tas.dbhub.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.audit.DeliverAudit;
import io.tas.dbhub.core.comparison.CompareInventory;
import io.tas.dbhub.core.connectiontest.TestConnection;
import io.tas.dbhub.core.connectiontest.TestRequest;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.FirstChecks;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.ProbeActivities;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.core.repair.RepairDatabase;
import io.tas.dbhub.core.rotate.RotateCredentials;
import io.tas.dbhub.core.schedule.RunSchedule;
import io.tas.dbhub.core.update.UpdateDatabase;
import io.tas.dbhub.workflows.connectiontest.TestConnectionImpl;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Workflows that run today must go on under the code of tomorrow. The histories were recorded by
 * the system tests on a real server, ways that are hard to bring about there by the tests of the
 * workflows; CONTRIBUTING.md says how to record one.
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

  /** What somebody changes without a thought of what is running: here it waits before it probes. */
  public static final class Incompatible implements TestConnection {
    @Override
    public Diagnosis test(TestRequest request) {
      Workflow.sleep(Duration.ofSeconds(1));
      return Workflow.newActivityStub(ProbeActivities.class, ActivityOptionSets.probe("Probe"))
          .test(request);
    }
  }

  @Test
  void aChangeThatBreaksWhatRunsDoesNotPass() throws Exception {
    Path history =
        histories()
            .filter(file -> file.getFileName().toString().startsWith(TestConnection.NAME))
            .findFirst()
            .orElseThrow();
    WorkflowExecutionHistory recorded =
        WorkflowExecutionHistory.fromJson(Files.readString(history));

    assertThatCode(
            () -> WorkflowReplayer.replayWorkflowExecution(recorded, TestConnectionImpl.class))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> WorkflowReplayer.replayWorkflowExecution(recorded, Incompatible.class))
        .hasStackTraceContaining("NonDeterministicException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ProvisionDatabase.NAME,
        DeprovisionDatabase.NAME,
        MonitorDatabaseHealth.NAME,
        FirstChecks.NAME,
        ReconcileInstance.NAME,
        TestConnection.NAME,
        DeliverAudit.NAME,
        UpdateDatabase.NAME,
        RotateCredentials.NAME,
        RepairDatabase.NAME,
        CompareInventory.NAME,
        RunSchedule.NAME
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
