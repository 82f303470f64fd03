package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** How many rows of batches are in which state: asked of indexes alone. Every value is bound. */
final class BatchCounts {
  private static final Duration RECENTLY = Duration.ofSeconds(10);

  private static final String ROWS =
      " FROM batch_rows WHERE " + BatchTable.OF_SPACE + " AND batch_id IN (<ids>)";

  private static final String STATES =
      "SELECT batch_id, state, count(*) AS number" + ROWS + " GROUP BY batch_id, state";

  private static final String ENDS =
      "SELECT batch_id, count(*) AS number" + ROWS + " AND ended_at > :since GROUP BY batch_id";

  private BatchCounts() {}

  /** All of one scope. */
  static List<Batch> counted(Handle handle, Scope scope, List<Batch> batches, Instant now) {
    if (batches.isEmpty()) {
      return batches;
    }
    List<String> ids = batches.stream().map(Batch::id).toList();
    Map<String, Map<RowState, Long>> states = states(handle, scope, ids);
    Map<String, Long> ends = ends(handle, scope, ids, now);
    return batches.stream()
        .map(
            batch ->
                counted(
                    batch,
                    states.getOrDefault(batch.id(), Map.of()),
                    ends.getOrDefault(batch.id(), 0L)))
        .toList();
  }

  private static Map<String, Map<RowState, Long>> states(
      Handle handle, Scope scope, List<String> ids) {
    Map<String, Map<RowState, Long>> states = new HashMap<>();
    try (Query query = handle.createQuery(STATES)) {
      of(query, scope, ids)
          .map((row, context) -> count(row))
          .forEach(
              count ->
                  states
                      .computeIfAbsent(count.id(), id -> new EnumMap<>(RowState.class))
                      .put(count.state(), count.number()));
    }
    return states;
  }

  private static Map<String, Long> ends(Handle handle, Scope scope, List<String> ids, Instant now) {
    Map<String, Long> ends = new HashMap<>();
    try (Query query = handle.createQuery(ENDS)) {
      of(query, scope, ids)
          .bind("since", JournalTimes.millis(now.minus(RECENTLY)))
          .map((row, context) -> Map.entry(row.getString("batch_id"), row.getLong("number")))
          .forEach(count -> ends.put(count.getKey(), count.getValue()));
    }
    return ends;
  }

  private static Query of(Query query, Scope scope, List<String> ids) {
    return query
        .bind("tenant_id", scope.tenantId())
        .bind("space_id", scope.spaceId())
        .bindList("ids", ids.stream().map(JournalText::key).toList());
  }

  private static Count count(ResultSet row) throws SQLException {
    return new Count(
        row.getString("batch_id"), RowState.parse(row.getString("state")), row.getLong("number"));
  }

  private static Batch counted(Batch batch, Map<RowState, Long> states, long recently) {
    return new Batch(
        batch.id(),
        batch.scope(),
        batch.kind(),
        batch.name(),
        batch.requestedBy(),
        batch.requestedFrom(),
        batch.state(),
        batch.run(),
        batch.limits(),
        batch.update(),
        batch.createdAt(),
        batch.startedAt(),
        batch.endedAt(),
        states,
        recently);
  }

  private record Count(String id, RowState state, long number) {}
}
