package io.tas.dbhub.api.batches;

import io.dropwizard.core.setup.Environment;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.Batches;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Puts the parts of this package together. */
public final class BatchParts {
  private static final int WRITERS = 8;

  private BatchParts() {}

  /**
   * @param within which Temporal answers, or is said to be down
   */
  public static List<Object> resources(
      Batches batches,
      DatabaseInventory inventory,
      TemporalGateway temporal,
      CredentialSealer sealer,
      Duration within,
      Environment environment) {
    Clock clock = Clock.systemUTC();
    BatchReading reading = new BatchReading(batches);
    BatchControl control = new BatchControl(batches, temporal, within, clock);
    BatchMaking making = new BatchMaking(new BatchLoader(batches, clock), reading, control, clock);
    return List.of(
        new BatchFilesResource(making, batches, inventory, sealer),
        new BatchesResource(making, reading, control, inventory),
        new BatchActionsResource(reading, control),
        new BatchRowsResource(reading, environment.getObjectMapper()),
        new BatchEventsResource(reading, streams(batches, clock, environment)));
  }

  private static ProgressStreams streams(Batches batches, Clock clock, Environment environment) {
    ProgressStreams streams =
        new ProgressStreams(
            batches,
            environment.getObjectMapper(),
            clock,
            environment.lifecycle().scheduledExecutorService("batch-watch-%d").threads(1).build(),
            environment
                .lifecycle()
                .executorService("batch-events-%d")
                .minThreads(WRITERS)
                .maxThreads(WRITERS)
                .build());
    environment.lifecycle().manage(streams);
    return streams;
  }
}
