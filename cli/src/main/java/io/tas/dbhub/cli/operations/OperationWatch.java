package io.tas.dbhub.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.Session;
import java.time.Duration;
import java.util.Map;

/** Follows an operation until it has ended or waits for a person. */
public final class OperationWatch {
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** The server may be started anew meanwhile: the operation goes on. */
  private static final int MOST_OUTAGES = 30;

  private final Session session;

  public OperationWatch(Session session) {
    this.session = session;
  }

  /**
   * The operation when it has completed.
   *
   * @param parameters with which it is looked up
   * @throws CommandFailure FAILED when it ended otherwise, ATTENTION when it waits
   */
  public JsonNode await(String id, Map<String, String> parameters) {
    JsonNode operation = follow(id, parameters);
    if (OperationText.waits(operation)) {
      throw waiting(id, operation.path("parked"));
    }
    if (!operation.path("status").asText().equals("completed")) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "%s of %s has %s%s"
              .formatted(
                  operation.path("type").asText(),
                  operation.path("database_name").asText(),
                  ended(operation.path("status").asText()),
                  OperationText.reason(operation.path("error"))),
          "Operation: dbhubctl operations get " + id);
    }
    return operation;
  }

  private JsonNode follow(String id, Map<String, String> parameters) {
    Progress progress = new Progress(session.terminal());
    Duration pause = SHORTEST;
    int outages = 0;
    try {
      while (true) {
        try {
          JsonNode operation = session.api().read(ApiRequest.get("operations/" + id, parameters));
          outages = 0;
          progress.show(operation);
          if (!OperationText.running(operation) || OperationText.waits(operation)) {
            return operation;
          }
        } catch (CommandFailure failure) {
          if (failure.exitCode() != ExitCode.UNAVAILABLE || ++outages > MOST_OUTAGES) {
            throw failure;
          }
          if (outages == 1) {
            progress.note(failure.getMessage() + " The operation goes on; asking again.");
          }
        }
        session.pause().forDuration(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
      }
    } finally {
      progress.end();
    }
  }

  private static String ended(String status) {
    return switch (status) {
      case "failed" -> "failed";
      case "canceled" -> "been cancelled";
      case "terminated" -> "been terminated";
      default -> "run out of time";
    };
  }

  private static CommandFailure waiting(String id, JsonNode parked) {
    CommandFailure failure =
        new CommandFailure(
            ExitCode.ATTENTION,
            "It waits for a decision at "
                + parked.path("step").asText()
                + ": "
                + parked.path("message").asText()
                + " ("
                + parked.path("code").asText()
                + ")");
    for (JsonNode left : parked.path("left")) {
      failure = failure.with("Left: " + left.asText());
    }
    StringBuilder choices = new StringBuilder();
    parked
        .path("choices")
        .forEach(c -> choices.append(choices.isEmpty() ? "" : "|").append(c.asText()));
    return failure.with(
        "What to do: dbhubctl operations decide " + id + " " + choices + " --reason WHY");
  }
}
