package io.tas.dbhub.api.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.api.query.AnswerSink;
import io.tas.dbhub.api.query.Cells;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An answer as an agent reads it: compact JSON, names once, rows as arrays in the columns' order. A
 * result for each statement, without a list around it where there is one only.
 */
final class AgentAnswer implements AnswerSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<StringWriter> results = new ArrayList<>();
  private JsonGenerator json = generator(new StringWriter());

  AgentAnswer() throws IOException {}

  private static JsonGenerator generator(StringWriter text) throws IOException {
    return JSON.getFactory().createGenerator(text);
  }

  @Override
  public void columns(List<ResultColumn> columns) throws IOException {
    StringWriter text = new StringWriter();
    results.add(text);
    json = generator(text);
    json.writeStartObject();
    json.writeArrayFieldStart("columns");
    for (ResultColumn column : columns) {
      json.writeStartObject();
      json.writeStringField("name", column.name());
      json.writeStringField("type", column.type());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("rows");
  }

  @Override
  public void row(JsonParser values) throws IOException {
    json.writeStartArray();
    while (values.nextToken() != JsonToken.END_ARRAY) {
      Cells.copy(values, json);
    }
    json.writeEndArray();
  }

  @Override
  public void end(ResultEnd end) throws IOException {
    json.writeEndArray();
    Cells.count(end, json);
    json.writeEndObject();
    json.close();
  }

  /** The whole answer. */
  String json() {
    return results.size() == 1
        ? results.get(0).toString()
        : results.stream()
            .map(StringWriter::toString)
            .collect(Collectors.joining(",", "{\"results\":[", "]}"));
  }
}
