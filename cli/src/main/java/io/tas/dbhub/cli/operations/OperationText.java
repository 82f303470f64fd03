package io.tas.dbhub.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;

/** Tells operations in words. */
final class OperationText {
  private OperationText() {}

  /** How it stands; where it waits for a person, at what. */
  static String status(JsonNode operation) {
    return waits(operation)
        ? "waits at " + operation.path("parked").path("step").asText("a step")
        : operation.path("status").asText();
  }

  static boolean running(JsonNode operation) {
    return operation.path("status").asText().equals("running");
  }

  /** Whether it waits for a person's decision. */
  static boolean waits(JsonNode operation) {
    return running(operation) && operation.path("attention").asBoolean();
  }

  static boolean finished(JsonNode step) {
    String state = step.path("state").asText();
    return state.equals("done") || state.equals("failed");
  }

  static String name(JsonNode step) {
    return (step.path("compensation").asBoolean() ? "undo: " : "") + step.path("name").asText();
  }

  /** How far a step is, with why it is no farther. */
  static String state(JsonNode step) {
    String state = step.path("state").asText();
    int attempts = step.path("attempts").asInt();
    String text = attempts > 1 ? state + ", attempt " + attempts : state;
    return state.equals("done") ? text : text + reason(step.path("last_error"));
  }

  /** The error after a colon; empty where there is none. */
  static String reason(JsonNode error) {
    return error.hasNonNull("code")
        ? ": " + error.path("message").asText() + " (" + error.path("code").asText() + ")"
        : "";
  }
}
