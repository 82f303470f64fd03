package io.tas.dbhub.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import java.util.ArrayList;
import java.util.List;

/** Tells a problem document (RFC 9457) in words. */
public final class Problems {
  private Problems() {}

  /** For an answer that is no success. */
  public static CommandFailure failure(Answer answer) {
    JsonNode problem = answer.body();
    ExitCode exit = ExitCode.ofStatus(answer.status());
    if (!problem.hasNonNull("title")) {
      return foreign(answer, exit);
    }
    String title = problem.path("title").asText();
    String detail = problem.path("detail").asText();
    List<String> details = new ArrayList<>();
    for (JsonNode error : problem.path("errors")) {
      details.add(error.path("field").asText() + " " + error.path("message").asText());
    }
    place(problem.path("query"), details);
    String suggestion = cure(problem);
    if (!suggestion.isEmpty()) {
      details.add("What to do: " + suggestion);
    }
    answer
        .header("retry-after")
        .ifPresent(seconds -> details.add("Try again in " + seconds + " s."));
    String operation = operationId(problem.path("operation").asText());
    if (!operation.isEmpty()) {
      details.add("Operation: dbhubctl operations get " + operation);
    }
    requestId(answer, details);
    return new CommandFailure(exit, detail.isEmpty() ? title : title + ": " + detail, details);
  }

  /** The id at the end of an operation's address; empty where there is none. */
  public static String operationId(String location) {
    String id = location.substring(location.lastIndexOf('/') + 1);
    return id.matches("[A-Za-z0-9~_-]+") ? id : "";
  }

  /** Not from the API: a proxy before it, or another service altogether. */
  private static CommandFailure foreign(Answer answer, ExitCode exit) {
    List<String> details = new ArrayList<>();
    if (answer.status() >= 300 && answer.status() < 400) {
      details.add("It leads elsewhere, and the token is sent nowhere else: correct the URL.");
    } else {
      details.add(
          "That is no answer of the API: check the URL, and what stands before the server.");
    }
    requestId(answer, details);
    return new CommandFailure(
        exit, "The server answered with status " + answer.status() + ".", details);
  }

  private static String cure(JsonNode problem) {
    return problem.path("code").asText().equals("Unauthenticated")
        ? "Log in with a valid token: dbhubctl login"
        : problem.path("suggestion").asText();
  }

  private static void place(JsonNode fault, List<String> details) {
    if (fault.hasNonNull("target_code")) {
      details.add("The database's code: " + fault.path("target_code").asText());
    }
    if (fault.hasNonNull("line")) {
      details.add(
          "At line %d, column %d of the query"
              .formatted(fault.path("line").asInt(), fault.path("column").asInt()));
    }
  }

  private static void requestId(Answer answer, List<String> details) {
    answer.header("x-request-id").ifPresent(id -> details.add("Request: " + id));
  }
}
