package io.tas.dbhub.api.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.api.limits.RateLimit;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
  public void begins(Database database, RateLimit left) {
    headers = left.headers();
  }

  /** What the asker has left. */
  Map<String, String> headers() {
    return headers;
  }

  @Override
  public void columns(List<ResultColumn> columns) throws IOException {
    keys = Cells.keys(columns.stream().map(ResultColumn::name).toList());
    types = columns.stream().map(ResultColumn::type).toList();
    bytes = new ByteArrayOutputStream();
    rows = generator(bytes);
    rows.writeStartArray();
  }

  @Override
  public void row(JsonParser values) throws IOException {
    rows.writeStartObject();
    int i = 0;
    while (values.nextToken() != JsonToken.END_ARRAY) {
      rows.writeFieldName(keys.get(i++));
      Cells.copy(values, rows);
    }
    rows.writeEndObject();
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
    Cells.count(result.end(), json);
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
