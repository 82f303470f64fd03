package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.worker.NoLateAttempts;
import io.tas.dbhub.worker.WorkerApplication;
import io.temporal.serviceclient.GrpcCompression;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The worker as it is shipped, in a process of its own, with faults around its activities. */
public final class FaultyWorker extends WorkerApplication {
  /** The worker's name in its environment. */
  static final String NAME = "FAULTS_WORKER";

  /** How long a workflow waits for a worker that may be dead before any other may go on with it. */
  private static final Duration STICKY = Duration.ofSeconds(1);

  private final Control control;

  private FaultyWorker(Control control) {
    this.control = control;
  }

  public static void main(String[] args) throws Exception {
    Map<String, String> environment = System.getenv();
    new FaultyWorker(
            new Control(
                URI.create(environment.getOrDefault(ControlServer.ADDRESS, "")),
                environment.getOrDefault(NAME, "worker")))
        .run(args);
  }

  /** So that the proxy can read whom a request is about. */
  @Override
  protected void connecting(WorkflowServiceStubsOptions.Builder options) {
    options.setGrpcCompression(GrpcCompression.NONE);
  }

  /** The newer way to set the timeout is per worker, and those are wired by the real thing. */
  @Override
  @SuppressWarnings("deprecation")
  protected WorkerFactoryOptions factoryOptions() {
    return WorkerFactoryOptions.newBuilder(super.factoryOptions())
        .setWorkflowHostLocalTaskQueueScheduleToStartTimeout(STICKY)
        .setWorkerInterceptors(new NoLateAttempts(), new FaultInterceptor(control))
        .build();
  }
}
