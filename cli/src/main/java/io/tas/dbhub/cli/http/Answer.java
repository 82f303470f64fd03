package io.tas.dbhub.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What the API answered.
 *
 * @param text of the body, as it came
 * @param body a missing node where there is none or it is no JSON
 * @param headers by their names in lower case
 * @param repeated whether the request had been sent before, without an answer that was accepted
 */
public record Answer(
    int status, Map<String, String> headers, String text, JsonNode body, boolean repeated) {
  public boolean succeeded() {
    return status >= 200 && status < 300;
  }

  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }
}
