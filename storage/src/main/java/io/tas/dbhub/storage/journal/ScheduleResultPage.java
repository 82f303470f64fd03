package io.tas.dbhub.storage.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a schedule's results.
 *
 * @param results newest first; of their differences the counts only
 * @param nextCursor where the next page begins; null when this is the last
 */
public record ScheduleResultPage(List<ScheduleResult> results, @Nullable String nextCursor) {
  public ScheduleResultPage {
    results = List.copyOf(results);
  }
}
