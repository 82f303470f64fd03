package io.tas.dbhub.api.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a request's body. By hand, because a parser's messages quote what they read, and what they
 * read may be a password.
 */
public final class JsonBody {
  public static final int MAX_BYTES = 1024 * 1024;
  private static final int MAX_DEPTH = 64;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonBody() {}

  /**
   * @throws ProblemException Invalid when it is no JSON object, TooLarge when it is over {@value
   *     #MAX_BYTES} bytes, however it was sent
   */
  public static ObjectNode read(InputStream body) {
    try {
      return parsed(bytes(body));
    } catch (IOException e) {
      throw invalid("The body could not be read to its end.");
    }
  }

  /** As {@link #read}; empty when there is no body. */
  public static Optional<ObjectNode> readIfAny(InputStream body) {
    try {
      byte[] bytes = bytes(body);
      return bytes.length == 0 ? Optional.empty() : Optional.of(parsed(bytes));
    } catch (IOException e) {
      throw invalid("The body could not be read to its end.");
    }
  }

  private static byte[] bytes(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new ProblemException(
          FailureType.TOO_LARGE, "A body has at most " + MAX_BYTES + " bytes.");
    }
    return bytes;
  }

  private static ObjectNode parsed(byte[] bytes) throws IOException {
    try {
      JsonNode parsed = JSON.readTree(bytes);
      if (parsed instanceof ObjectNode object) {
        return object;
      }
      throw invalid("The body is not a JSON object.");
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      throw invalid(
          where == null
              ? "The body is not valid JSON, or nested too deeply."
              : "The body is not valid JSON (line %d, column %d)."
                  .formatted(where.getLineNr(), where.getColumnNr()));
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(FailureType.INVALID, detail);
  }
}
