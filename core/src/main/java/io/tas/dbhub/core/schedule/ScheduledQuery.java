package io.tas.dbhub.core.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule asks each of its databases.
 *
 * @param parameters bound to the placeholders in their order
 * @param maxRows of a result at most; null for the connection's own
 * @param timeoutSeconds likewise
 * @param keepResults of how many runs the results stay, for each database
 * @param webhook who is told; null for nobody
 */
public record ScheduledQuery(
    String sql,
    List<QueryParameter> parameters,
    @Nullable Integer maxRows,
    @Nullable Integer timeoutSeconds,
    int keepResults,
    @Nullable Webhook webhook) {
  /** In bytes of UTF-8: it is in the history of each of its runs. */
  public static final int LONGEST_SQL = 64 * 1024;

  /** Likewise, of all parameters together. */
  public static final int LONGEST_PARAMETERS = 16 * 1024;

  public static final int MOST_PARAMETERS = 100;
  public static final int MOST_KEPT = 50;

  public ScheduledQuery {
    parameters = List.copyOf(parameters);
  }

  /** The same with somebody else, or nobody, to tell. */
  public ScheduledQuery telling(@Nullable Webhook other) {
    return new ScheduledQuery(sql, parameters, maxRows, timeoutSeconds, keepResults, other);
  }
}
