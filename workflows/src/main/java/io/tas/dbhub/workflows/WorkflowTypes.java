package io.tas.dbhub.workflows;

import io.tas.dbhub.workflows.audit.DeliverAuditImpl;
import io.tas.dbhub.workflows.batch.RunBatchImpl;
import io.tas.dbhub.workflows.comparison.CompareInventoryImpl;
import io.tas.dbhub.workflows.connectiontest.TestConnectionImpl;
import io.tas.dbhub.workflows.deprovision.DeprovisionDatabaseImpl;
import io.tas.dbhub.workflows.health.FirstChecksImpl;
import io.tas.dbhub.workflows.health.MonitorDatabaseHealthImpl;
import io.tas.dbhub.workflows.instance.ReconcileInstanceImpl;
import io.tas.dbhub.workflows.provision.ProvisionDatabaseImpl;
import io.tas.dbhub.workflows.repair.RepairDatabaseImpl;
import io.tas.dbhub.workflows.rotate.RotateCredentialsImpl;
import io.tas.dbhub.workflows.schedule.RunScheduleImpl;
import io.tas.dbhub.workflows.schema.KeepSchemasImpl;
import io.tas.dbhub.workflows.schema.SyncSchemaImpl;
import io.tas.dbhub.workflows.update.UpdateDatabaseImpl;
import java.util.List;

/** Every workflow a worker registers and a replay test knows. */
public final class WorkflowTypes {
  public static final List<Class<?>> ALL =
      List.of(
          ProvisionDatabaseImpl.class,
          UpdateDatabaseImpl.class,
          RotateCredentialsImpl.class,
          RepairDatabaseImpl.class,
          DeprovisionDatabaseImpl.class,
          CompareInventoryImpl.class,
          MonitorDatabaseHealthImpl.class,
          FirstChecksImpl.class,
          ReconcileInstanceImpl.class,
          TestConnectionImpl.class,
          SyncSchemaImpl.class,
          KeepSchemasImpl.class,
          RunScheduleImpl.class,
          RunBatchImpl.class,
          DeliverAuditImpl.class);

  private WorkflowTypes() {}
}
