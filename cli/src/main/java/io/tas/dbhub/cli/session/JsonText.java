package io.tas.dbhub.cli.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.terminal.SafeText;
import io.tas.dbhub.cli.terminal.Terminal;

/** Shows JSON: to a program as the API wrote it, to a person with line breaks and harmless. */
public final class JsonText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonText() {}

  public static void print(Terminal terminal, Answer answer) {
    if (terminal.screen().output()) {
      print(terminal, answer.body());
    } else {
      terminal.line(answer.text());
    }
  }

  public static void print(Terminal terminal, JsonNode json) {
    terminal.line(text(terminal, json));
  }

  /** As it is shown at this terminal. */
  public static String text(Terminal terminal, JsonNode json) {
    return terminal.screen().output() ? SafeText.json(pretty(json)) : json.toString();
  }

  private static String pretty(JsonNode json) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can be written", e);
    }
  }
}
