package io.tas.dbhub.benchmark;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.concurrent.TimeUnit;

/** The baseline: runs no-op workflows from start to result, with a worker of its own. */
final class NoOps implements AutoCloseable {
  private static final String QUEUE = "bench-no-op";

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final WorkerFactory workers;

  /**
   * @param target of Temporal's frontend
   */
  NoOps(String target) {
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
    this.client = WorkflowClient.newInstance(stubs);
    this.workers = WorkerFactory.newInstance(client);
    Worker worker = workers.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(NoOpWorkflow.Impl.class);
    worker.registerActivitiesImplementations((NoOpWorkflow.Step) argument -> argument);
    workers.start();
  }

  /** Returns when the workflow has ended. */
  void run() {
    client
        .newWorkflowStub(
            NoOpWorkflow.class, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
        .run("");
  }

  @Override
  public void close() {
    workers.shutdownNow();
    workers.awaitTermination(10, TimeUnit.SECONDS);
    stubs.shutdownNow();
  }
}
