package io.tas.dbhub.workflows.repair;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.inventory;
import static io.tas.dbhub.workflows.steps.ActivityOptionSets.kubernetes;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.repair.ConnectionInspection;
import io.tas.dbhub.core.repair.InspectedConnection;
import io.tas.dbhub.core.repair.RepairDatabase;
import io.tas.dbhub.core.repair.RepairReport;
import io.tas.dbhub.core.repair.RepairRequest;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.InventoryChanges;
import io.tas.dbhub.workflows.connection.CandidateTrial;
import io.tas.dbhub.workflows.health.HealthMonitors;
import io.tas.dbhub.workflows.steps.Operation;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import org.jspecify.annotations.Nullable;

/** Look, plan, try what was given; then put back whatever is missing, forward until it is there. */
public final class RepairDatabaseImpl implements RepairDatabase {
  private final DatabaseRef database;
  private final @Nullable SealedCredentials credentials;
  private final Operation<RepairReport> operation;

  private final InventoryChanges nodes =
      Workflow.newActivityStub(InventoryChanges.class, inventory("Inventory node"));
  private final ConnectionInspection kubernetes =
      Workflow.newActivityStub(ConnectionInspection.class, kubernetes("Secret and resource"));
  private final CandidateTrial trial = new CandidateTrial();

  @WorkflowInit
  public RepairDatabaseImpl(RepairRequest request) {
    database = request.database();
    credentials = request.credentials();
    operation = new Operation<>(database);
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
  public RepairReport repair(RepairRequest request) {
    return operation.run(
        () -> {
          InspectedConnection found = inspect();
          RepairPlan plan = RepairPlan.of(find(), found, credentials != null);
          tryCredentials(plan);
          PuttingBack puttingBack = new PuttingBack(plan, found, credentials);
          operation.mustHappen(puttingBack.steps());
          Database repaired = puttingBack.repaired();
          HealthMonitors.startOrWake(repaired);
          return new RepairReport(repaired, plan.putsBack());
        },
        report ->
            report.putBack().isEmpty()
                ? "Nothing was missing."
                : "Put back: %s.".formatted(String.join(", ", report.putBack())));
  }

  @Override
  public RepairReport awaitRepaired() {
    return operation.await();
  }

  private InspectedConnection inspect() {
    Workflow.setCurrentDetails("Looking at what is there.");
    return kubernetes.inspect(database);
  }

  private @Nullable Database find() {
    return nodes.findDatabase(database).database();
  }

  private void tryCredentials(RepairPlan plan) {
    if (plan.secretMissing() && plan.definition().active()) {
      trial.mustConnect(plan.definition(), null, credentials);
    }
  }
}
