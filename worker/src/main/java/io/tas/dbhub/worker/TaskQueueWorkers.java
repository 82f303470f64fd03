package io.tas.dbhub.worker;

import io.dropwizard.lifecycle.Managed;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.worker.config.SlotsFactory;
import io.tas.dbhub.workflows.WorkflowTypes;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Polls the task queues, each with slots of its own, so that none can starve another. */
public final class TaskQueueWorkers implements Managed {
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final WorkerFactory factory;
  private final Optional<WorkerDeploymentVersion> build;

  /**
   * @param build what Temporal tells workers of different builds apart by; empty: it does not
   * @param activities the implementations by task queue
   */
  public TaskQueueWorkers(
      WorkflowClient client,
      SlotsFactory slots,
      Optional<WorkerDeploymentVersion> build,
      WorkerFactoryOptions options,
      Map<String, List<Object>> activities) {
    this.build = build;
    factory = WorkerFactory.newInstance(client, options);
    Worker workflows =
        factory.newWorker(
            TaskQueues.WORKFLOWS,
            options()
                .setMaxConcurrentWorkflowTaskExecutionSize(slots.workflows)
                // What it has of activities runs inside of workflow tasks only.
                .setLocalActivityWorkerOnly(true)
                .build());
    workflows.registerWorkflowImplementationTypes(WorkflowTypes.ALL.toArray(Class<?>[]::new));
    workflows.registerActivitiesImplementations(implementations(activities, TaskQueues.WORKFLOWS));
    slots
        .byTaskQueue()
        .forEach(
            (queue, size) ->
                factory
                    .newWorker(queue, options().setMaxConcurrentActivityExecutionSize(size).build())
                    .registerActivitiesImplementations(implementations(activities, queue)));
  }

  /** Activities are of a build, too: a pinned workflow's run where it runs. */
  private WorkerOptions.Builder options() {
    WorkerOptions.Builder options = WorkerOptions.newBuilder();
    build.ifPresent(
        version ->
            options.setDeploymentOptions(
                WorkerDeploymentOptions.newBuilder()
                    .setVersion(version)
                    .setUseVersioning(true)
                    .build()));
    return options;
  }

  /** A queue that is polled by nobody who can serve it would hold up work for ever. */
  private static Object[] implementations(Map<String, List<Object>> activities, String queue) {
    List<Object> found = activities.get(queue);
    if (found == null) {
      throw new IllegalArgumentException("nothing serves task queue " + queue);
    }
    return found.toArray();
  }

  /** Fails while Temporal is not there. */
  @Override
  public void start() {
    factory.start();
  }

  /** Lets what runs finish; what does not is repeated by another worker. */
  @Override
  public void stop() {
    factory.shutdown();
    factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
  }
}
