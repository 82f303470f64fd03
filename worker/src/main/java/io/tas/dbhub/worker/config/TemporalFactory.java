package io.tas.dbhub.worker.config;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import jakarta.validation.constraints.NotEmpty;

/** Where Temporal is. */
public final class TemporalFactory {
  @NotEmpty public String target = "127.0.0.1:7233";
  @NotEmpty public String namespace = "default";

  /** Connects when it is first used, so Temporal need not be there yet. The caller closes it. */
  public WorkflowServiceStubs connect() {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
  }

  public WorkflowClient client(WorkflowServiceStubs stubs) {
    return WorkflowClient.newInstance(
        stubs, WorkflowClientOptions.newBuilder().setNamespace(namespace).build());
  }
}
