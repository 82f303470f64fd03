package io.tas.dbhub.api.temporal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tas.dbhub.core.configuration.TemporalTls;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/** Where Temporal is. */
public final class TemporalFactory {
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofMillis(500);

  /** A caller waits: a Temporal that is down is said so, not waited for. */
  private static final Duration GIVE_UP = Duration.ofSeconds(2);

  @NotEmpty private String target = "127.0.0.1:7233";
  @NotEmpty private String namespace = "default";
  @NotNull private TemporalTls tls = new TemporalTls();

  /** Connects when it is first used, so Temporal need not be there yet. */
  public WorkflowClient client() {
    WorkflowServiceStubsOptions.Builder options =
        WorkflowServiceStubsOptions.newBuilder()
            .setTarget(target)
            .setRpcRetryOptions(
                RpcRetryOptions.newBuilder()
                    .setInitialInterval(FIRST_RETRY)
                    .setMaximumInterval(LONGEST_RETRY)
                    .setExpiration(GIVE_UP)
                    .validateBuildWithDefaults());
    tls.secure(options);
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options.build());
    return WorkflowClient.newInstance(
        stubs, WorkflowClientOptions.newBuilder().setNamespace(namespace).build());
  }

  @JsonProperty
  public void setTarget(String target) {
    this.target = target;
  }

  @JsonProperty
  public void setNamespace(String namespace) {
    this.namespace = namespace;
  }

  @JsonProperty
  public void setTls(TemporalTls tls) {
    this.tls = tls;
  }
}
