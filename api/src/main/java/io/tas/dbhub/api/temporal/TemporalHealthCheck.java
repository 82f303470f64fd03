package io.tas.dbhub.api.temporal;

import com.codahale.metrics.health.HealthCheck;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;

/** Whether Temporal answers for our namespace. */
public final class TemporalHealthCheck extends HealthCheck {
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private final TemporalGateway temporal;

  public TemporalHealthCheck(TemporalGateway temporal) {
    this.temporal = temporal;
  }

  @Override
  protected Result check() {
    WorkflowClient client = temporal.client();
    temporal.within(
        WITHIN,
        () ->
            client
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeNamespace(
                    DescribeNamespaceRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .build()));
    return Result.healthy();
  }
}
