package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.connectiontest.TestConnection;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.workflows.WorkflowTypes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.testing.ReplayResults;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every workflow that the other tests have caused can be carried on by this code. */
@Order(Integer.MAX_VALUE - 2)
@ExtendWith(RealSystem.class)
class HistoriesReplayTest {
  private static final String RECORD = "histories.record";

  /** Longer ones teach no more; taken only where there is no other. */
  private static final int LONGEST = 400;

  private final TestSystem system;

  HistoriesReplayTest(TestSystem system) {
    this.system = system;
  }

  /** So that there is something of every kind, also when this class is run alone. */
  @BeforeEach
  void causeOneOfEach() {
    Tenant tenant = system.newTenant();
    Map<String, Object> request = tenant.sqlite("replay");
    tenant.api().post("databases/test", request);
    String id = tenant.create(request);
    tenant.api().post("databases", request);
    tenant.awaitQuery(id, "SELECT name FROM towns");
    tenant.awaitConnected(id);
    tenant.delete(id);
  }

  @Test
  void everyHistoryReplays() throws Exception {
    List<Histories.Recorded> all = Histories.all(system);

    ReplayResults results =
        WorkflowReplayer.replayWorkflowExecutions(
            all.stream().map(Histories.Recorded::history).toList(),
            false,
            WorkflowTypes.ALL.toArray(Class<?>[]::new));

    assertThat(results.allErrors())
        .as("of %d histories those that do not replay", all.size())
        .isEmpty();
    assertThat(all)
        .extracting(Histories.Recorded::type)
        .contains(
            ProvisionDatabase.NAME,
            DeprovisionDatabase.NAME,
            MonitorDatabaseHealth.NAME,
            ReconcileInstance.NAME,
            TestConnection.NAME);
  }

  /** One of each kind, for the replay in every later build. */
  @Test
  @EnabledIfSystemProperty(named = RECORD, matches = ".+")
  void recordsOneOfEachKind() throws IOException {
    Path folder = Files.createDirectories(Path.of(System.getProperty(RECORD)));
    Map<String, Histories.Recorded> kinds = new TreeMap<>();
    Histories.all(system).stream()
        .sorted(Comparator.comparingInt(recorded -> recorded.history().getEvents().size()))
        .forEach(
            recorded ->
                kinds.merge(
                    recorded.type() + "-" + kind(recorded),
                    recorded,
                    (shorter, longer) ->
                        longer.history().getEvents().size() > LONGEST ? shorter : longer));
    for (Map.Entry<String, Histories.Recorded> kind : kinds.entrySet()) {
      Files.writeString(
          folder.resolve(kind.getKey() + ".json"), kind.getValue().history().toJson(true) + "\n");
    }
    assertThat(kinds).isNotEmpty();
  }

  private static String kind(Histories.Recorded recorded) {
    return switch (recorded.status()) {
      case WORKFLOW_EXECUTION_STATUS_COMPLETED ->
          recorded.type().equals(ProvisionDatabase.NAME) ? "created" : "done";
      case WORKFLOW_EXECUTION_STATUS_FAILED -> failure(recorded);
      case WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW -> "continued";
      case WORKFLOW_EXECUTION_STATUS_RUNNING -> "running";
      default -> "ended";
    };
  }

  private static String failure(Histories.Recorded recorded) {
    HistoryEvent last = recorded.history().getLastEvent();
    String type =
        last.getWorkflowExecutionFailedEventAttributes()
            .getFailure()
            .getApplicationFailureInfo()
            .getType();
    return type.equals(FailureType.NAME_TAKEN.wireName()) ? "name-taken" : "undone";
  }
}
