package io.tas.dbhub.activities.schedule;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.CheckResult;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.schedule.ItemOutcome;
import io.tas.dbhub.core.schedule.ItemResult;
import io.tas.dbhub.core.schedule.ScheduledItem;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.core.start.Requester;
import io.tas.dbhub.core.start.WorkflowStart;
import io.tas.dbhub.core.start.WorkflowStarts;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Starts or joins the workflow that does the work, and waits for what it answers. Thread-safe. */
public final class DueWork {
  /** A check ends by its own limits before. */
  private static final Duration TEST_WITHIN = Duration.ofSeconds(60);

  /** Most schemas are read by then; a run does not hold others up for one that is not. */
  private static final Duration SYNC_WITHIN = Duration.ofMinutes(2);

  private final WorkflowClient client;

  public DueWork(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Why there is no answer.
   *
   * @param message of the failure, for people; empty where there is none
   */
  public record NoAnswer(ItemResult result, String message) {}

  ItemResult test(Database database) {
    return test(database, DueWork::tested, NoAnswer::result);
  }

  /**
   * Has it checked now.
   *
   * @param otherwise told why there is no answer
   */
  public <T> T test(
      Database database, Function<CheckResult, T> judge, Function<NoAnswer, T> otherwise) {
    return answered(
        WorkflowStarts.monitor(database),
        "checkNow",
        CheckResult.class,
        TEST_WITHIN,
        judge,
        otherwise);
  }

  ItemResult sync(Database database, ScheduledItem item) {
    return sync(
        database,
        Requester.once(item.standing().subject(), "schedule " + item.schedule()),
        DueWork::synced,
        NoAnswer::result);
  }

  /**
   * Has its schema read now.
   *
   * @param otherwise told why there is no answer
   */
  public <T> T sync(
      Database database,
      Requester requester,
      Function<SyncReport, T> judge,
      Function<NoAnswer, T> otherwise) {
    WorkflowStart start =
        WorkflowStarts.sync(database.definition().ref(), database.definition().name(), requester);
    return answered(start, "awaitSynced", SyncReport.class, SYNC_WITHIN, judge, otherwise);
  }

  private <R, T> T answered(
      WorkflowStart start,
      String update,
      Class<R> type,
      Duration within,
      Function<R, T> judge,
      Function<NoAnswer, T> otherwise) {
    try {
      WorkflowUpdateHandle<R> handle =
          client
              .newUntypedWorkflowStub(start.type(), start.options())
              .startUpdateWithStart(
                  UpdateOptions.newBuilder(type)
                      .setUpdateName(update)
                      .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                      .build(),
                  new Object[0],
                  new Object[] {start.request()});
      CompletableFuture<R> answer = handle.getResultAsync(within.toMillis(), TimeUnit.MILLISECONDS);
      return judge.apply(answer.get(within.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException goesOn) {
      return otherwise.apply(underway());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw Failures.of(FailureType.TEMPORAL_UNAVAILABLE, "the worker is being stopped");
    } catch (ExecutionException refused) {
      return otherwise.apply(failed(refused));
    } catch (RuntimeException refused) {
      return otherwise.apply(failed(refused));
    }
  }

  /** What the workflow says of the database is an outcome; all else is tried again. */
  private static NoAnswer failed(Exception thrown) {
    Optional<ApplicationFailure> failure = Failures.find(thrown);
    Optional<FailureType> type =
        failure.map(ApplicationFailure::getType).flatMap(FailureType::fromWireName);
    if (type.isEmpty()) {
      if (timedOut(thrown)) {
        return underway();
      }
      throw Failures.of(FailureType.TEMPORAL_UNAVAILABLE, "Temporal does not answer now");
    }
    String message = failure.map(ApplicationFailure::getOriginalMessage).orElse("");
    return switch (type.get()) {
      case NOT_FOUND, INACTIVE -> new NoAnswer(ScheduleActivities.skipped(type.get()), message);
      default -> new NoAnswer(new ItemResult(ItemOutcome.FAILED, type.get().wireName()), message);
    };
  }

  private static NoAnswer underway() {
    return new NoAnswer(ItemResult.of(ItemOutcome.UNDERWAY), "");
  }

  private static boolean timedOut(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof WorkflowUpdateTimeoutOrCancelledException || t instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  static ItemResult tested(CheckResult check) {
    if (check.diagnosis() == null) {
      return ScheduleActivities.skipped(FailureType.NOT_FOUND);
    }
    return check.status() == DatabaseStatus.FAILED
        ? new ItemResult(ItemOutcome.FAILED, FailureType.CONNECTION_FAILED.wireName())
        : ItemResult.of(ItemOutcome.DONE);
  }

  static ItemResult synced(SyncReport report) {
    return switch (report.outcome()) {
      case UNCHANGED, IGNORED, REJECTED -> ItemResult.of(ItemOutcome.DONE);
      case FIRST, CHANGED -> ItemResult.of(ItemOutcome.CHANGED);
      case AWAITING -> ItemResult.of(ItemOutcome.ATTENTION);
    };
  }
}
