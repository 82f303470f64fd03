package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Follows a batch until it has ended: by its events, and where those do not come by asking. */
final class BatchWatch {
  private static final Duration BETWEEN = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(45);

  /** The server may be started anew meanwhile: the batch goes on. */
  private static final int MOST_OUTAGES = 60;

  private final Session session;
  private final BatchProgress progress;
  private String last = "";

  BatchWatch(Session session) {
    this.session = session;
    this.progress = new BatchProgress(session.terminal());
  }

  /** The batch when it is not under way any more. */
  JsonNode await(String id) {
    int outages = 0;
    try {
      while (true) {
        try {
          boolean heard = listen(id);
          JsonNode batch = session.api().read(ApiRequest.get("batches/" + id));
          if (!BatchText.underWay(batch)) {
            return batch;
          }
          outages = 0;
          if (!heard) {
            progress.show(batch);
          }
        } catch (CommandFailure failure) {
          if (failure.exitCode() != ExitCode.UNAVAILABLE || ++outages > MOST_OUTAGES) {
            throw failure;
          }
          if (outages == 1) {
            progress.note(failure.getMessage() + " The batch goes on; asking again.");
          }
        }
        session.pause().forDuration(BETWEEN);
      }
    } finally {
      progress.end();
    }
  }

  /** Shows what the events tell, until none comes any more; whether there was any. */
  private boolean listen(String id) {
    ApiRequest request =
        ApiRequest.get("batches/" + id + "/events").header("Accept", "text/event-stream");
    boolean heard = false;
    try (ServerEvents events =
        new ServerEvents(
            session.api().open(last.isEmpty() ? request : request.header("Last-Event-ID", last)),
            SILENCE)) {
      for (Optional<ServerEvent> event = events.next(); event.isPresent(); event = events.next()) {
        heard = true;
        last = event.get().id();
        if (event.get().name().equals("end")) {
          return true;
        }
        progress.show(event.get().data());
      }
    } catch (IOException | CommandFailure noEvents) {
      // Asking tells whether the server is there, and what it has against who asks.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "Interrupted.");
    }
    return heard;
  }
}
