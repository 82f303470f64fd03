package io.tas.dbhub.core.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule's runs take place: exactly one of {@code cron}, {@code intervalSeconds} and
 * {@code calendar} is given.
 *
 * @param cron five fields, see {@link CalendarSyntax}
 * @param intervalSeconds counted from the epoch, so all schedules of an interval are due together
 *     but for their jitter
 * @param calendar any of them
 * @param timeZone of IANA's database, in which cron and calendar are meant
 * @param jitterSeconds up to which a run is late, by chance
 */
public record Timing(
    @Nullable String cron,
    @Nullable Integer intervalSeconds,
    List<CalendarTime> calendar,
    String timeZone,
    int jitterSeconds) {
  public Timing {
    calendar = List.copyOf(calendar);
  }

  public static Timing every(int seconds, int jitterSeconds) {
    return new Timing(null, seconds, List.of(), "UTC", jitterSeconds);
  }
}
