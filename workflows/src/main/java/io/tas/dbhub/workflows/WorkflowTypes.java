package io.tas.dbhub.workflows;

import io.tas.dbhub.workflows.connectiontest.TestConnectionImpl;
import io.tas.dbhub.workflows.deprovision.DeprovisionDatabaseImpl;
import io.tas.dbhub.workflows.health.MonitorDatabaseHealthImpl;
import io.tas.dbhub.workflows.instance.ReconcileInstanceImpl;
import io.tas.dbhub.workflows.provision.ProvisionDatabaseImpl;
import java.util.List;

/** Every workflow a worker registers and a replay test knows. */
public final class WorkflowTypes {
  public static final List<Class<?>> ALL =
      List.of(
          ProvisionDatabaseImpl.class,
          DeprovisionDatabaseImpl.class,
          MonitorDatabaseHealthImpl.class,
          ReconcileInstanceImpl.class,
          TestConnectionImpl.class);

  private WorkflowTypes() {}
}
