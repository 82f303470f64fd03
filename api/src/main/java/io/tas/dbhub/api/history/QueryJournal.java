package io.tas.dbhub.api.history;

import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.tas.dbhub.api.limits.RateLimits;
import io.tas.dbhub.storage.journal.Batches;
import io.tas.dbhub.storage.journal.HealthLog;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.storage.journal.RateBuckets;
import io.tas.dbhub.storage.journal.ScheduleResults;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * What queries have to do with the journal, put together: what they are written with, and what
 * their number is limited by.
 */
public record QueryJournal(QueryHistory history, RateLimits rates) {
  /** A query waits no longer for the count of all APIs. */
  private static final Duration COUNT_WITHIN = Duration.ofMillis(500);

  /**
   * Starts and ends with the environment.
   *
   * @param journal the caller closes it, after the environment's end
   */
  public static QueryJournal of(
      Journal journal, int perHour, Duration keep, Environment environment) {
    Optional<RateBuckets> buckets = journal.rateBuckets(COUNT_WITHIN);
    buckets.ifPresent(open -> environment.lifecycle().manage(new AutoCloseableManager(open)));
    QueryHistory history = new QueryHistory(journal.queries()::append, environment.metrics());
    environment.lifecycle().manage(history);
    ScheduledExecutorService hourly =
        environment.lifecycle().scheduledExecutorService("history-retention").threads(1).build();
    Clock clock = Clock.systemUTC();
    List<IntUnaryOperator> others = new ArrayList<>(oldHealth(journal.health(), clock));
    others.addAll(oldResults(journal.scheduleResults(), keep, clock));
    others.addAll(oldBatches(journal.batches(), clock));
    buckets.ifPresent(open -> others.add(open::forget));
    // Several APIs that are started at once need not do it at once.
    ScheduledFuture<?> unused =
        hourly.scheduleWithFixedDelay(
            new HistoryRetention(journal.queries(), keep, clock, others),
            ThreadLocalRandom.current().nextLong(60, 600),
            TimeUnit.HOURS.toSeconds(1),
            TimeUnit.SECONDS);
    return new QueryJournal(
        history, new RateLimits(perHour, buckets.map(open -> open::take), environment.metrics()));
  }

  /** What schedules asked is kept no longer than what people did. */
  private static List<IntUnaryOperator> oldResults(
      ScheduleResults results, Duration keep, Clock clock) {
    return List.of(
        atMost -> results.forgetResults(clock.instant().minus(keep), atMost),
        atMost ->
            results.forgetSuccesses(clock.instant().minus(ScheduleResults.SUCCESSES_KEPT), atMost));
  }

  private static List<IntUnaryOperator> oldHealth(HealthLog health, Clock clock) {
    return List.of(
        atMost -> health.forgetHours(clock.instant().minus(HealthLog.HOURS_KEPT), atMost),
        atMost -> health.forgetChanges(clock.instant().minus(HealthLog.CHANGES_KEPT), atMost),
        atMost -> health.forgetDatabases(clock.instant().minus(HealthLog.CHANGES_KEPT), atMost));
  }

  private static List<IntUnaryOperator> oldBatches(Batches batches, Clock clock) {
    return List.of(
        atMost -> batches.forgetEnded(clock.instant().minus(Batches.KEPT), atMost),
        atMost -> batches.forgetLoading(clock.instant().minus(Batches.LOADED_WITHIN), atMost),
        atMost ->
            batches.forgetCredentials(clock.instant().minus(Batches.CREDENTIALS_KEPT), atMost));
  }
}
