package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.health.HealthSample;
import io.tas.dbhub.core.health.LatencyHistogram;
import io.tas.dbhub.core.health.ProbeFigures;
import io.tas.dbhub.core.model.DatabaseRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What is written into the history of health. Every value is bound, and every look-up names tenant
 * and space.
 */
final class HealthTable {
  static final long HOUR = Duration.ofHours(1).toMillis();

  static final String WHOSE =
      "tenant_id = :tenant_id AND space_id = :space_id AND database_id = :database_id";

  /** A change is what differs from what was last written, whoever wrote that. */
  private static final String ADD_CHANGE =
      """
      INSERT INTO health_changes
        (tenant_id, space_id, database_id, at, from_status, to_status, reason, message)
      SELECT :tenant_id, :space_id, :database_id, :at,
        coalesce((SELECT status FROM health_last WHERE %1$s), ''), :status, :reason, :message
      WHERE NOT EXISTS
        (SELECT 1 FROM health_last WHERE %1$s AND (status = :status OR last_at >= :at))
      ON CONFLICT (tenant_id, space_id, database_id, at) DO NOTHING"""
          .formatted(WHOSE);

  /** The hour says itself what it has counted: nothing counts twice, whoever writes it. */
  private static final String ADD_CHECK =
      """
      INSERT INTO health_hours
        (tenant_id, space_id, database_id, hour, last_at, checks, failures, longest_ms, %s)
      VALUES (:tenant_id, :space_id, :database_id, :hour, :at, 1, :failures, :longest_ms, %s)
      ON CONFLICT (tenant_id, space_id, database_id, hour) DO UPDATE SET
        last_at = excluded.last_at,
        checks = health_hours.checks + 1,
        failures = health_hours.failures + excluded.failures,
        longest_ms = CASE WHEN excluded.longest_ms > health_hours.longest_ms
          THEN excluded.longest_ms ELSE health_hours.longest_ms END,
        %s
      WHERE health_hours.last_at < excluded.last_at"""
          .formatted(
              buckets(bucket -> bucket),
              buckets(bucket -> ":" + bucket),
              buckets(bucket -> "%1$s = health_hours.%1$s + excluded.%1$s".formatted(bucket)));

  private static final String SET_LAST =
      """
      INSERT INTO health_last (tenant_id, space_id, database_id, last_at, status)
      VALUES (:tenant_id, :space_id, :database_id, :at, :status)
      ON CONFLICT (tenant_id, space_id, database_id) DO UPDATE SET
        last_at = excluded.last_at, status = excluded.status
      WHERE health_last.last_at < excluded.last_at""";

  private HealthTable() {}

  static void append(Handle handle, List<HealthSample> samples) {
    for (List<HealthSample> round : rounds(samples)) {
      add(handle, ADD_CHANGE, HealthTable::bindChange, round);
      add(
          handle,
          ADD_CHECK,
          HealthTable::bindCheck,
          round.stream().filter(sample -> sample.probed() != null).toList());
      add(handle, SET_LAST, HealthTable::bindStatus, round);
    }
  }

  /**
   * Lists without two of the same database, since each has to find what the one before wrote. In
   * one order: of two that append at once, none waits for the other's turn.
   */
  static List<List<HealthSample>> rounds(List<HealthSample> samples) {
    List<List<HealthSample>> rounds = new ArrayList<>();
    Map<DatabaseRef, Integer> seen = new HashMap<>();
    samples.stream()
        .sorted(
            Comparator.comparing(HealthSample::at).thenComparing(sample -> sample.database().id()))
        .forEach(
            sample -> {
              int round = seen.merge(sample.database(), 1, Integer::sum) - 1;
              if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
              }
              rounds.get(round).add(sample);
            });
    rounds.forEach(round -> round.sort(Comparator.comparing(sample -> sample.database().id())));
    return rounds;
  }

  private static void add(
      Handle handle,
      String statement,
      BiConsumer<PreparedBatch, HealthSample> values,
      List<HealthSample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    try (PreparedBatch batch = handle.prepareBatch(statement)) {
      for (HealthSample sample : samples) {
        whose(batch, sample.database());
        batch.bind("at", JournalTimes.millis(sample.at()));
        values.accept(batch, sample);
        batch.add();
      }
      batch.execute();
    }
  }

  private static void bindStatus(PreparedBatch batch, HealthSample sample) {
    batch.bind("status", sample.status().wireName());
  }

  private static void bindChange(PreparedBatch batch, HealthSample sample) {
    bindStatus(batch, sample);
    batch
        .bind("reason", JournalText.key(sample.reason()))
        .bind("message", JournalText.of(sample.message()));
  }

  private static void bindCheck(PreparedBatch batch, HealthSample sample) {
    long at = JournalTimes.millis(sample.at());
    ProbeFigures probed = sample.probed();
    boolean reachable = probed != null && probed.reachable();
    LatencyHistogram took =
        probed != null && probed.reachable()
            ? LatencyHistogram.of(Math.min(Integer.MAX_VALUE, probed.durationMillis()))
            : LatencyHistogram.EMPTY;
    batch
        .bind("hour", at - Math.floorMod(at, HOUR))
        .bind("failures", reachable ? 0 : 1)
        .bind("longest_ms", took.longestMillis());
    for (int i = 0; i < LatencyHistogram.BUCKETS; i++) {
      batch.bind(bucket(i), took.counts().get(i));
    }
  }

  static void whose(SqlStatement<?> statement, DatabaseRef database) {
    statement
        .bind("tenant_id", database.scope().tenantId())
        .bind("space_id", database.scope().spaceId())
        .bind("database_id", JournalText.key(database.id()));
  }

  private static String buckets(Function<String, String> each) {
    return IntStream.range(0, LatencyHistogram.BUCKETS)
        .mapToObj(HealthTable::bucket)
        .map(each)
        .collect(Collectors.joining(", "));
  }

  static String bucket(int number) {
    return "took_" + number;
  }
}
