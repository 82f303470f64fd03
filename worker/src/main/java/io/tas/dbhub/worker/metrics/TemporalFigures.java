package io.tas.dbhub.worker.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tas.dbhub.core.audit.DeliverAudit;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What only Temporal knows of the whole system: every worker tells the same. The alert rules in
 * deploy/monitoring are about these names.
 */
public final class TemporalFigures {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private static final Duration LASTS = EVERY.multipliedBy(4);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String RUNNING = "ExecutionStatus = 'Running' AND ";

  private final WorkflowClient client;
  private final Set<String> activityQueues;
  private final List<Figure> figures;

  /**
   * @param activityQueues those that the workers poll besides {@link TaskQueues#WORKFLOWS}
   */
  public TemporalFigures(
      PrometheusRegistry registry, WorkflowClient client, Set<String> activityQueues) {
    this.client = client;
    this.activityQueues = Set.copyOf(activityQueues);
    this.figures =
        List.of(
            new Figure(
                registry,
                "dbhub_operations_parked",
                "Operations that wait for a person's decision",
                "",
                () -> count(SearchAttributes.ATTENTION.getName() + " = true"),
                LASTS),
            new Figure(
                registry,
                "dbhub_journal_undelivered",
                "Deliveries to the audit journal that are still being tried",
                "",
                () -> count("WorkflowType = '" + DeliverAudit.NAME + "'"),
                LASTS),
            new Figure(
                registry,
                "dbhub_task_queue_pollers",
                "Workers that asked for tasks in the last five minutes",
                "task_queue",
                this::pollers,
                LASTS));
  }

  /** Looks all of them up, again and again, until the executor is shut down. */
  public void refreshWith(ScheduledExecutorService executor) {
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            () -> figures.forEach(Figure::refresh), 0, EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  private Map<String, Double> count(String what) {
    return Map.of("", (double) client.countWorkflows(RUNNING + what).getCount());
  }

  private Map<String, Double> pollers() {
    Map<String, Double> pollers = new HashMap<>();
    pollers.put(
        TaskQueues.WORKFLOWS,
        pollers(TaskQueues.WORKFLOWS, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW));
    activityQueues.forEach(
        queue -> pollers.put(queue, pollers(queue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)));
    return pollers;
  }

  private double pollers(String queue, TaskQueueType type) {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .setTaskQueueType(type)
                .build())
        .getPollersCount();
  }
}
