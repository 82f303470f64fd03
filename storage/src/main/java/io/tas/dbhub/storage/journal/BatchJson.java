package io.tas.dbhub.storage.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a column holds as JSON. In ASCII, which every database stores. Thread-safe. */
final class BatchJson {
  /** Nobody mends more than these at once, and a hostile row has thousands. */
  private static final int MOST_VIOLATIONS = 20;

  private static final int LONGEST_MESSAGE = 500;

  private static final TypeReference<List<Violation>> VIOLATIONS = new TypeReference<>() {};

  /** What a newer version has written beside is not looked at. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private BatchJson() {}

  static String violations(List<Violation> violations) {
    return write(
        violations.stream()
            .limit(MOST_VIOLATIONS)
            .map(found -> new Violation(JournalText.key(found.field()), cut(found.message())))
            .toList());
  }

  private static String cut(String message) {
    String text = JournalText.of(message);
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
  }

  static List<Violation> violations(String json) {
    try {
      return JSON.readValue(json, VIOLATIONS);
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    }
  }

  /** Null for null. */
  static @Nullable String definition(@Nullable DatabaseDefinition definition) {
    return definition == null ? null : write(definition);
  }

  static @Nullable DatabaseDefinition definition(@Nullable String json) {
    return json == null ? null : read(json, DatabaseDefinition.class);
  }

  static @Nullable String update(@Nullable BatchUpdate update) {
    return update == null ? null : write(update);
  }

  static @Nullable BatchUpdate update(@Nullable String json) {
    return json == null ? null : read(json, BatchUpdate.class);
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a batch cannot be written", e);
    }
  }

  private static IllegalStateException unreadable(JsonProcessingException cause) {
    return new IllegalStateException("the journal has a batch that cannot be read", cause);
  }
}
