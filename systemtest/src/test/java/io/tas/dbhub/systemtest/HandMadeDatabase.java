package io.tas.dbhub.systemtest;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowNotFoundException;
import java.util.Map;

/** A Database that somebody applies with kubectl, with a PostgreSQL database of its own. */
final class HandMadeDatabase {
  private final TestSystem system;
  private final String name;
  private final Map<String, Object> target;

  HandMadeDatabase(TestSystem system, Tenant tenant, String name) {
    this.system = system;
    this.name = tenant.id() + "-" + name;
    this.target = tenant.postgres(name);
  }

  /** Answers its uid. */
  String apply() {
    system
        .kubernetes()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(ClusterEngine.NAMESPACE)
                .withName(name)
                .endMetadata()
                .addToStringData("username", String.valueOf(target.get("username")))
                .addToStringData("password", String.valueOf(target.get("password")))
                .build())
        .create();
    DatabaseResource database =
        Serialization.unmarshal(
            """
            ---
            apiVersion: dbhub.tas.io/v1alpha1
            kind: Database
            metadata: {name: %s}
            spec: {type: postgres, host: %s, port: %s, database: %s, credentialsRef: {name: %s}}
            """
                .formatted(
                    name, target.get("host"), target.get("port"), target.get("database"), name),
            DatabaseResource.class);
    return system
        .kubernetes()
        .resource(database)
        .inNamespace(ClusterEngine.NAMESPACE)
        .create()
        .getMetadata()
        .getUid();
  }

  void awaitConnected() {
    await(name + " is Connected")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> {
              DatabaseResource found = resource().get();
              return found != null
                  && found.getStatus() != null
                  && found.getStatus().phase() == DatabaseStatus.CONNECTED;
            });
  }

  void delete() {
    resource().delete();
    system.kubernetes().secrets().inNamespace(ClusterEngine.NAMESPACE).withName(name).delete();
  }

  /** Whether somebody goes on probing the Database with this uid. */
  boolean monitored(String uid) {
    try {
      return system
              .temporal("default")
              .newUntypedWorkflowStub(WorkflowIds.health(uid))
              .describe()
              .getStatus()
          == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (WorkflowNotFoundException never) {
      return false;
    }
  }

  private Resource<DatabaseResource> resource() {
    return system
        .kubernetes()
        .resources(DatabaseResource.class)
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(name);
  }
}
