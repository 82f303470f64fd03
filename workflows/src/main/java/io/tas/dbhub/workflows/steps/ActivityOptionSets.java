package io.tas.dbhub.workflows.steps;

import io.tas.dbhub.core.names.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * How long activities may take and how they are tried again: one named set per kind of call. No
 * workflow writes a duration of its own.
 */
public final class ActivityOptionSets {
  private static final RetryOptions PROMPT =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(200))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(10))
          .build();

  /** A step that somebody waits for; after ten minutes of an outage it is undone. */
  private static final Duration GIVE_UP = Duration.ofMinutes(10);

  private ActivityOptionSets() {}

  /** Changing objects in Kubernetes on the way forward. */
  public static ActivityOptions kubernetes(String summary) {
    return step(TaskQueues.KUBERNETES, summary);
  }

  /** Changing the inventory on the way forward. */
  public static ActivityOptions inventory(String summary) {
    return step(TaskQueues.INVENTORY, summary);
  }

  /**
   * Reading, rendering and applying a whole instance: many calls, tried until Kubernetes is back.
   */
  public static ActivityOptions instance(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.KUBERNETES)
        .setStartToCloseTimeout(Duration.ofMinutes(2))
        .setRetryOptions(PROMPT)
        .setSummary(summary)
        .build();
  }

  /** A probe. The activity has a hard deadline of its own; this is the one for a dead worker. */
  public static ActivityOptions probe(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.JDBC)
        .setStartToCloseTimeout(Duration.ofSeconds(90))
        .setRetryOptions(PROMPT)
        .setSummary(summary)
        .build();
  }

  /**
   * A check inside a workflow's task: once, and over before the task is. Its arguments are state.
   */
  public static LocalActivityOptions quiet() {
    return LocalActivityOptions.newBuilder()
        .setScheduleToCloseTimeout(Duration.ofSeconds(3))
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .setDoNotIncludeArgumentsIntoMarker(true)
        .build();
  }

  /** Probing or starting many: long, alive as long as it heartbeats, tried until it is done. */
  public static ActivityOptions firstChecks(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.FIRST_CHECKS)
        .setStartToCloseTimeout(Duration.ofMinutes(10))
        .setHeartbeatTimeout(Duration.ofSeconds(30))
        .setRetryOptions(PROMPT)
        .setSummary(summary)
        .build();
  }

  /** A probe that an operation waits for; where it cannot be made at all, the operation ends. */
  public static ActivityOptions candidate(String summary) {
    return ActivityOptions.newBuilder(probe(summary)).setScheduleToCloseTimeout(GIVE_UP).build();
  }

  /** Asking DBHub on the way forward; a server that is just starting is asked again. */
  public static ActivityOptions dbhub(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.DBHUB)
        .setStartToCloseTimeout(Duration.ofMinutes(1))
        .setScheduleToCloseTimeout(Duration.ofMinutes(3))
        .setRetryOptions(PROMPT)
        .setSummary(summary)
        .build();
  }

  /**
   * Comparing everything there is: long, alive as long as it heartbeats, tried until it is done.
   */
  public static ActivityOptions comparison(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.KUBERNETES)
        .setStartToCloseTimeout(Duration.ofMinutes(10))
        .setHeartbeatTimeout(Duration.ofSeconds(30))
        .setRetryOptions(PROMPT)
        .setSummary(summary)
        .build();
  }

  /**
   * Reading a whole schema: long, alive as long as it heartbeats. A target that fails is tried a
   * few times more; what is ours is waited for half an hour, for the next sync may be a day away.
   */
  public static ActivityOptions schema(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.SCHEMA)
        .setStartToCloseTimeout(Duration.ofMinutes(15))
        .setScheduleToCloseTimeout(Duration.ofMinutes(30))
        .setHeartbeatTimeout(Duration.ofSeconds(30))
        .setRetryOptions(
            RetryOptions.newBuilder(PROMPT)
                .setInitialInterval(Duration.ofSeconds(2))
                .setMaximumInterval(Duration.ofMinutes(1))
                .build())
        .setSummary(summary)
        .build();
  }

  /** What a run of a schedule looks up; after ten minutes of an outage the run ends. */
  public static ActivityOptions schedules(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.SCHEDULES)
        .setStartToCloseTimeout(Duration.ofSeconds(15))
        .setScheduleToCloseTimeout(GIVE_UP)
        .setRetryOptions(PROMPT)
        .setSummary(summary)
        .build();
  }

  /** What a run of a schedule does to one database: the activity waits no longer than it says. */
  public static ActivityOptions scheduled(String summary) {
    return ActivityOptions.newBuilder(schedules(summary))
        .setStartToCloseTimeout(Duration.ofMinutes(3))
        .build();
  }

  /**
   * A query of a schedule: alive as long as it heartbeats, and ended by its own limits before. What
   * is ours is waited for, the turn among other queries included.
   */
  public static ActivityOptions query(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.QUERIES)
        .setStartToCloseTimeout(Duration.ofMinutes(20))
        .setScheduleToCloseTimeout(Duration.ofHours(1))
        .setHeartbeatTimeout(Duration.ofSeconds(30))
        .setRetryOptions(PROMPT)
        .setSummary(summary)
        .build();
  }

  /** Telling somebody over HTTP: a few times, for the run does not wait for them any longer. */
  public static ActivityOptions webhook(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.WEBHOOKS)
        .setStartToCloseTimeout(Duration.ofSeconds(20))
        .setScheduleToCloseTimeout(Duration.ofMinutes(3))
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(2))
                .setBackoffCoefficient(3)
                .setMaximumAttempts(5)
                .build())
        .setSummary(summary)
        .build();
  }

  /** What the run of a batch reads and writes down: tried until the journal is back. */
  public static ActivityOptions batches(String summary) {
    return ActivityOptions.newBuilder(record(TaskQueues.BATCHES)).setSummary(summary).build();
  }

  /**
   * A row of a batch: alive as long as it heartbeats. What it waits for may take longer than an
   * attempt, and the next one goes on waiting.
   */
  public static ActivityOptions batchRow(String summary) {
    return ActivityOptions.newBuilder(batches(summary))
        .setStartToCloseTimeout(Duration.ofMinutes(15))
        .setHeartbeatTimeout(Duration.ofSeconds(30))
        .build();
  }

  /** Writing a finding down: tried until the other side is back. */
  public static ActivityOptions record(String taskQueue) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(taskQueue)
        .setStartToCloseTimeout(Duration.ofSeconds(15))
        .setRetryOptions(PROMPT)
        .build();
  }

  /**
   * Giving a database made by hand its place in the inventory: what its health says is not held up
   * by it for longer than this, because the next check tries again.
   */
  public static ActivityOptions adoption(String taskQueue, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(taskQueue)
        .setStartToCloseTimeout(Duration.ofSeconds(15))
        .setScheduleToCloseTimeout(Duration.ofSeconds(30))
        .setRetryOptions(PROMPT)
        .setSummary(summary)
        .build();
  }

  /** An entry of the journal, for which an operation waits this long and no longer. */
  public static ActivityOptions audit(String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.JOURNAL)
        .setStartToCloseTimeout(Duration.ofSeconds(6))
        .setScheduleToCloseTimeout(Duration.ofSeconds(10))
        .setRetryOptions(PROMPT)
        .setSummary(summary)
        .build();
  }

  /**
   * When it is cancelled one waits for the attempt that runs: it must not take effect after it was
   * undone.
   */
  private static ActivityOptions step(String taskQueue, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(taskQueue)
        .setStartToCloseTimeout(Duration.ofSeconds(15))
        .setScheduleToCloseTimeout(GIVE_UP)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(PROMPT)
        .setSummary(summary)
        .build();
  }
}
