package io.tas.dbhub.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;

/**
 * What a request sends.
 *
 * @param again whether it can be sent once more
 */
public record RequestBody(String contentType, BodyPublisher publisher, boolean again) {
  public static RequestBody json(JsonNode body) {
    return text("application/json", body.toString());
  }

  public static RequestBody text(String contentType, String text) {
    return new RequestBody(contentType, BodyPublishers.ofString(text), true);
  }

  /** Read while it is sent. */
  public static RequestBody file(String contentType, Path file) throws FileNotFoundException {
    return new RequestBody(contentType, BodyPublishers.ofFile(file), true);
  }

  /** Read while it is sent, and then gone. */
  public static RequestBody stream(String contentType, InputStream stream) {
    return new RequestBody(contentType, BodyPublishers.ofInputStream(() -> stream), false);
  }
}
