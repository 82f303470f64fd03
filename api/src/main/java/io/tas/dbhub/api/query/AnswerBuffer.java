package io.tas.dbhub.api.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.api.limits.RateLimit;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import io.tas.dbhub.core.query.ResultEnd.Truncated;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An answer as JSON, written as it comes: values go from the worker's text to the client's without
 * becoming anything between, so nothing is rounded, and what is held is the text.
 */
final class AnswerBuffer implements AnswerSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String queryId;
  private final long started = System.nanoTime();
  private final List<Result> results = new ArrayList<>();
  private Map<String, String> headers = Map.of();
  private List<String> keys = List.of();
  private List<String> types = List.of();
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private JsonGenerator rows = generator(bytes);

  /**
   * Of one statement.
   *
   * @param rows an array of objects, as text
   */
  private record Result(List<String> columns, List<String> types, String rows, ResultEnd end) {}

  AnswerBuffer(String queryId) throws IOException {
    this.queryId = queryId;
  }

  private static JsonGenerator generator(ByteArrayOutputStream bytes) throws IOException {
    return JSON.getFactory().createGenerator(bytes);
  }

  @Override
  public void allowed(RateLimit left) {
    headers = left.headers();
  }

  /** What the asker has left. */
  Map<String, String> headers() {
    return headers;
  }

  @Override
  public void columns(List<ResultColumn> columns) throws IOException {
    keys = keys(columns.stream().map(ResultColumn::name).toList());
    types = columns.stream().map(ResultColumn::type).toList();
    bytes = new ByteArrayOutputStream();
    rows = generator(bytes);
    rows.writeStartArray();
  }

  /** Each once: of equal names the later ones are numbered, and none is empty. */
  static List<String> keys(List<String> names) {
    Set<String> taken = new HashSet<>(names);
    Set<String> used = new HashSet<>();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean made = names.get(i).isEmpty();
      String name = made ? "column_" + (i + 1) : names.get(i);
      String key = name;
      for (int n = 2; used.contains(key) || (made && taken.contains(key)); n++) {
        key = name + "_" + n;
        made = true;
      }
      used.add(key);
      keys.add(key);
    }
    return keys;
  }

  @Override
  public void row(JsonParser values) throws IOException {
    rows.writeStartObject();
    int i = 0;
    while (values.nextToken() != JsonToken.END_ARRAY) {
      rows.writeFieldName(keys.get(i++));
      copy(values);
    }
    rows.writeEndObject();
  }

  /** Numbers as they are written: a decimal of Java's has no -0.0. */
  private void copy(JsonParser value) throws IOException {
    int depth = 0;
    do {
      JsonToken token = depth == 0 ? value.currentToken() : value.nextToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token.isNumeric()) {
        rows.writeNumber(value.getText());
      } else {
        rows.copyCurrentEvent(value);
      }
    } while (depth > 0);
  }

  @Override
  public void end(ResultEnd end) throws IOException {
    rows.writeEndArray();
    rows.close();
    results.add(
        new Result(keys, types, bytes.toString(java.nio.charset.StandardCharsets.UTF_8), end));
  }

  /** The whole answer. */
  byte[] json() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = generator(out)) {
      json.writeStartObject();
      json.writeStringField("query_id", queryId);
      write(json, results.get(results.size() - 1));
      json.writeNumberField("duration_ms", (System.nanoTime() - started) / 1_000_000);
      if (results.size() > 1) {
        json.writeArrayFieldStart("results");
        for (Result result : results) {
          json.writeStartObject();
          write(json, result);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, Result result) throws IOException {
    texts(json, "columns", result.columns());
    texts(json, "column_types", result.types());
    json.writeFieldName("rows");
    json.writeRawValue(result.rows());
    json.writeNumberField("row_count", result.end().rows());
    Truncated truncated = result.end().truncated();
    json.writeBooleanField("truncated", truncated != null);
    if (truncated != null) {
      json.writeStringField("truncated_by", truncated.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
