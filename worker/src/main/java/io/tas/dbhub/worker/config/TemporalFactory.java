package io.tas.dbhub.worker.config;

import io.tas.dbhub.core.configuration.TemporalTls;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.function.Consumer;

/** Where Temporal is. */
public final class TemporalFactory {
  @NotEmpty public String target = "127.0.0.1:7233";
  @NotEmpty public String namespace = "default";

  @NotNull public TemporalTls tls = new TemporalTls();

  @Valid @NotNull public DeploymentFactory deployment = new DeploymentFactory();

  /** Connects when it is first used, so Temporal need not be there yet. The caller closes it. */
  public WorkflowServiceStubs connect() {
    return connect(options -> {});
  }

  /** As {@link #connect()}, with other options where somebody wants them. */
  public WorkflowServiceStubs connect(Consumer<WorkflowServiceStubsOptions.Builder> wanted) {
    WorkflowServiceStubsOptions.Builder options =
        WorkflowServiceStubsOptions.newBuilder().setTarget(target);
    if (deployment.version().isEmpty()) {
      options.setGrpcClientInterceptors(List.of(new WithoutBuilds()));
    }
    tls.secure(options);
    wanted.accept(options);
    return WorkflowServiceStubs.newServiceStubs(options.build());
  }

  public WorkflowClient client(WorkflowServiceStubs stubs) {
    return WorkflowClient.newInstance(
        stubs, WorkflowClientOptions.newBuilder().setNamespace(namespace).build());
  }
}
