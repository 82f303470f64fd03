package io.tas.dbhub.api.batches;

import io.tas.dbhub.api.audit.AuditDetails;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.storage.journal.Batch;
import io.tas.dbhub.storage.journal.NewBatch;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a batch of checked rows, and runs it where it is no dry run. Thread-safe. */
final class BatchMaking {
  private final BatchLoader loader;
  private final BatchReading reading;
  private final BatchControl control;
  private final Clock clock;

  BatchMaking(BatchLoader loader, BatchReading reading, BatchControl control, Clock clock) {
    this.loader = loader;
    this.reading = reading;
    this.control = control;
    this.clock = clock;
  }

  /**
   * Answers 201 with what was checked, or 202 with what is running.
   *
   * @param update what an update changes; null for every other kind
   * @throws ProblemException when it cannot be run: it stays as it was checked, at the address that
   *     the problem's Location says
   */
  Response make(
      Caller caller,
      ContainerRequestContext request,
      String id,
      BatchKind kind,
      BatchOptions options,
      @Nullable BatchUpdate update,
      RowPages pages)
      throws IOException {
    loader.load(
        new NewBatch(
            id,
            caller.scope(),
            kind,
            options.name(),
            caller.subject(),
            caller.source(),
            options.limits(),
            update,
            clock.instant()),
        pages);
    AuditDetails.about(request, id, options.name());
    if (!options.dryRun()) {
      run(caller, reading.get(caller, id), options.onlyValid());
    }
    return Response.status(options.dryRun() ? Response.Status.CREATED : Response.Status.ACCEPTED)
        .header(HttpHeaders.LOCATION, BatchView.address(id))
        .entity(reading.view(caller, id))
        .build();
  }

  private void run(Caller caller, Batch checked, boolean onlyValid) {
    try {
      control.run(caller, checked, onlyValid);
    } catch (ProblemException problem) {
      throw problem.withHeaders(Map.of(HttpHeaders.LOCATION, BatchView.address(checked.id())));
    }
  }
}
