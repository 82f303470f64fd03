package io.tas.dbhub.api.query;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.names.WorkflowIds;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a database was being changed while it was asked. */
public interface Changes {
  boolean since(String databaseId, Instant moment);

  /** As far as Temporal knows, and answers soon. */
  static Changes of(TemporalGateway temporal) {
    Duration within = Duration.ofSeconds(2);
    // Another machine's clock wrote when it ended.
    Duration tolerance = Duration.ofSeconds(5);
    return (databaseId, moment) -> {
      try {
        return temporal
            .describe(WorkflowIds.database(databaseId), Optional.empty(), within)
            .filter(
                found ->
                    TemporalGateway.running(found)
                        || found.getCloseTime().isAfter(moment.minus(tolerance)))
            .isPresent();
      } catch (ProblemException | WorkflowNotFoundException unknown) {
        return false;
      }
    };
  }
}
