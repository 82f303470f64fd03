package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.health.LatencyHistogram;
import io.tas.dbhub.core.model.DatabaseStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What is asked of the history of health, always of one database. Every value is bound. */
final class HealthQueries {
  private static final String TIMES =
      """
      SELECT to_status AS status, sum(until - at) AS millis FROM
        (SELECT to_status, at, coalesce(lead(at) OVER (ORDER BY at), :to) AS until
         FROM health_changes WHERE %s AND at >= :from AND at < :to) AS changes
      GROUP BY to_status"""
          .formatted(HealthTable.WHOSE);

  /** Or, where all changes before are forgotten, what the first one since says it was. */
  private static final String AT_FIRST =
      """
      SELECT coalesce(
          (SELECT to_status FROM health_changes WHERE %1$s AND at < :from
           ORDER BY at DESC LIMIT 1),
          (SELECT from_status FROM health_changes WHERE %1$s AND at >= :from
           ORDER BY at LIMIT 1),
          (SELECT status FROM health_last WHERE %1$s),
          '') AS status,
        coalesce(
          (SELECT min(at) FROM health_changes WHERE %1$s AND at >= :from AND at < :to), :to)
          AS until"""
          .formatted(HealthTable.WHOSE);

  private HealthQueries() {}

  /** One more than the page was asked for: it tells whether another page follows. */
  static HealthChangePage changes(
      Handle handle, HealthPeriod period, int pageSize, @Nullable JournalCursor cursor) {
    String statement =
        "SELECT * FROM health_changes WHERE "
            + HealthTable.WHOSE
            + " AND at >= :from AND at < :to"
            + (cursor == null ? "" : " AND at < :cursor")
            + " ORDER BY at DESC LIMIT :limit";
    try (Query query = handle.createQuery(statement)) {
      bind(query, period);
      query.bind("limit", pageSize + 1);
      if (cursor != null) {
        query.bind("cursor", cursor.atMillis());
      }
      List<HealthChange> found = query.map((row, context) -> change(row)).list();
      if (found.size() <= pageSize) {
        return new HealthChangePage(found, null);
      }
      long last = found.get(pageSize - 1).at().toEpochMilli();
      return new HealthChangePage(found.subList(0, pageSize), new JournalCursor(last, "").encode());
    }
  }

  private static HealthChange change(ResultSet row) throws SQLException {
    return new HealthChange(
        Instant.ofEpochMilli(row.getLong("at")),
        DatabaseStatus.fromWireName(row.getString("from_status")).orElse(null),
        DatabaseStatus.fromWireName(row.getString("to_status")).orElseThrow(),
        row.getString("reason"),
        row.getString("message"));
  }

  static List<HealthHour> hours(Handle handle, HealthPeriod period) {
    try (Query query =
        handle.createQuery(
            "SELECT * FROM health_hours WHERE "
                + HealthTable.WHOSE
                + " AND hour > :from - "
                + HealthTable.HOUR
                + " AND hour < :to ORDER BY hour")) {
      bind(query, period);
      return query.map((row, context) -> hour(row)).list();
    }
  }

  private static HealthHour hour(ResultSet row) throws SQLException {
    List<Long> counts = new ArrayList<>(LatencyHistogram.BUCKETS);
    for (int i = 0; i < LatencyHistogram.BUCKETS; i++) {
      counts.add(row.getLong(HealthTable.bucket(i)));
    }
    return new HealthHour(
        Instant.ofEpochMilli(row.getLong("hour")),
        row.getLong("checks"),
        row.getLong("failures"),
        new LatencyHistogram(counts, row.getLong("longest_ms")));
  }

  static Map<DatabaseStatus, Duration> times(Handle handle, HealthPeriod period) {
    Map<DatabaseStatus, Duration> times = new EnumMap<>(DatabaseStatus.class);
    try (Query query = handle.createQuery(TIMES)) {
      bind(query, period);
      query
          .map((row, context) -> Map.entry(row.getString("status"), row.getLong("millis")))
          .forEach(found -> add(times, found.getKey(), found.getValue()));
    }
    try (Query query = handle.createQuery(AT_FIRST)) {
      bind(query, period);
      query
          .map(
              (row, context) ->
                  Map.entry(row.getString("status"), row.getLong("until") - begins(period)))
          .forEach(found -> add(times, found.getKey(), found.getValue()));
    }
    return times;
  }

  private static void add(Map<DatabaseStatus, Duration> times, String status, long millis) {
    DatabaseStatus.fromWireName(status)
        .filter(known -> millis > 0)
        .ifPresent(known -> times.merge(known, Duration.ofMillis(millis), Duration::plus));
  }

  private static void bind(Query query, HealthPeriod period) {
    HealthTable.whose(query, period.database());
    query.bind("from", begins(period)).bind("to", Math.max(0, JournalTimes.millis(period.to())));
  }

  /** Before 1970 there is nothing, and no sum that is too large. */
  private static long begins(HealthPeriod period) {
    return Math.max(0, JournalTimes.millis(period.from()));
  }
}
