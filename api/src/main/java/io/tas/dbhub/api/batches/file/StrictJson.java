package io.tas.dbhub.api.batches.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;

/** JSON as bodies of requests are held to it. */
final class StrictJson {
  private static final int MAX_DEPTH = 16;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private StrictJson() {}

  static JsonParser parser(Reader text) throws IOException {
    return JSON.createParser(text);
  }

  /** What the parser stands at; it stands at the end of it then. */
  static JsonNode tree(JsonParser parser) throws IOException {
    return JSON.readTree(parser);
  }

  /** One document and nothing after it. */
  static JsonNode document(String text) throws IOException {
    return JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(text);
  }
}
