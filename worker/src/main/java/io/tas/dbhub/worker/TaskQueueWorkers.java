package io.tas.dbhub.worker;

import io.dropwizard.lifecycle.Managed;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.worker.config.SlotsFactory;
import io.tas.dbhub.workflows.WorkflowTypes;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Polls the task queues, each with slots of its own, so that none can starve another. */
public final class TaskQueueWorkers implements Managed {
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final WorkerFactory factory;

  /**
   * @param activities the implementations by task queue
   */
  public TaskQueueWorkers(
      WorkflowClient client, SlotsFactory slots, Map<String, List<Object>> activities) {
    factory = WorkerFactory.newInstance(client);
    factory
        .newWorker(
            TaskQueues.WORKFLOWS,
            WorkerOptions.newBuilder()
                .setMaxConcurrentWorkflowTaskExecutionSize(slots.workflows)
                .build())
        .registerWorkflowImplementationTypes(WorkflowTypes.ALL.toArray(Class<?>[]::new));
    Map<String, Integer> sizes =
        Map.of(
            TaskQueues.KUBERNETES, slots.kubernetes,
            TaskQueues.INVENTORY, slots.inventory,
            TaskQueues.JDBC, slots.jdbc);
    sizes.forEach(
        (queue, size) ->
            factory
                .newWorker(
                    queue,
                    WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(size).build())
                .registerActivitiesImplementations(
                    activities.getOrDefault(queue, List.of()).toArray()));
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
