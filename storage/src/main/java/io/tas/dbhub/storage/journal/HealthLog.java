package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.health.HealthSample;
import io.tas.dbhub.core.model.DatabaseStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * How databases fared: their checks by the hour, and every change of status. Nothing here is taken
 * away with a database: it ages out, so that a deletion does not depend on the journal, and one
 * that is undone loses nothing.
 *
 * <p>Safe for use by several threads and processes; every method throws {@link
 * JournalUnavailableException} when the database cannot do it now.
 */
public final class HealthLog {
  /** A row per database and hour: most of what there is. */
  public static final Duration HOURS_KEPT = Duration.ofDays(90);

  public static final Duration CHANGES_KEPT = Duration.ofDays(400);

  private static final String FORGET_HOURS =
      """
      DELETE FROM health_hours WHERE (tenant_id, space_id, database_id, hour) IN
        (SELECT tenant_id, space_id, database_id, hour FROM health_hours WHERE hour < :before
         ORDER BY hour LIMIT :limit)""";

  private static final String FORGET_CHANGES =
      """
      DELETE FROM health_changes WHERE (tenant_id, space_id, database_id, at) IN
        (SELECT tenant_id, space_id, database_id, at FROM health_changes WHERE at < :before
         ORDER BY at LIMIT :limit)""";

  /** That it is old is asked of the line again, which may have been renewed meanwhile. */
  private static final String FORGET_LAST =
      """
      DELETE FROM health_last WHERE last_at < :before
        AND (tenant_id, space_id, database_id) IN
        (SELECT tenant_id, space_id, database_id FROM health_last WHERE last_at < :before
         ORDER BY last_at LIMIT :limit)""";

  private final Jdbi jdbi;
  private final JournalCalls calls;

  HealthLog(Jdbi jdbi, JournalCalls calls) {
    this.jdbi = jdbi;
    this.calls = calls;
  }

  /**
   * Adds all of them or none. What was added already changes nothing, nor does what is older than
   * the last of its database: two workers that write one after the other may do so in any order,
   * and then lose the older one.
   */
  public void append(List<HealthSample> samples) {
    if (!samples.isEmpty()) {
      calls.run(() -> jdbi.useTransaction(handle -> HealthTable.append(handle, samples)));
    }
  }

  /**
   * One page of the changes of a period, newest first.
   *
   * @param cursor where an earlier page ended; null for the first
   * @throws IllegalArgumentException if the cursor is not one of the journal
   */
  public HealthChangePage changes(HealthPeriod period, int pageSize, @Nullable String cursor) {
    JournalCursor place = JournalCursor.decode(cursor);
    return read(handle -> HealthQueries.changes(handle, period, pageSize, place));
  }

  /** The hours of a period that had checks, oldest first; of those at its ends, all of the hour. */
  public List<HealthHour> hours(HealthPeriod period) {
    return read(handle -> HealthQueries.hours(handle, period));
  }

  /** How much of a period the database had which status; less than all where none is known. */
  public Map<DatabaseStatus, Duration> times(HealthPeriod period) {
    return read(handle -> HealthQueries.times(handle, period));
  }

  /**
   * Deletes the oldest hours. May be done by several at once.
   *
   * @param atMost so that nobody waits for long meanwhile
   * @return how many there were; fewer than at most when none is left
   */
  public int forgetHours(Instant before, int atMost) {
    return delete(FORGET_HOURS, before, atMost);
  }

  /** The same with changes. */
  public int forgetChanges(Instant before, int atMost) {
    return delete(FORGET_CHANGES, before, atMost);
  }

  /** The same with what was last known of databases that nobody has checked since. */
  public int forgetDatabases(Instant before, int atMost) {
    return delete(FORGET_LAST, before, atMost);
  }

  private <T> T read(HandleCallback<T, RuntimeException> work) {
    return calls.call(() -> jdbi.withHandle(work));
  }

  private int delete(String statement, Instant before, int atMost) {
    return read(
        handle -> {
          try (Update update = handle.createUpdate(statement)) {
            return update
                .bind("before", JournalTimes.millis(before))
                .bind("limit", atMost)
                .execute();
          }
        });
  }
}
