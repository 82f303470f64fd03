package io.tas.dbhub.api.export;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tas.dbhub.api.query.Cells;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Objects, column to value: in one array, or each in a line. */
final class JsonFile implements ExportFile {
  private final JsonGenerator json;
  private final boolean array;
  private List<String> names = List.of();

  JsonFile(OutputStream out, boolean array) throws IOException {
    this.json =
        new JsonFactory().createGenerator(out, JsonEncoding.UTF8).setRootValueSeparator(null);
    this.array = array;
  }

  @Override
  public void header(List<String> columns) throws IOException {
    names = columns;
    if (array) {
      json.writeStartArray();
    }
  }

  @Override
  public void row(JsonParser values) throws IOException {
    json.writeStartObject();
    int i = 0;
    while (values.nextToken() != JsonToken.END_ARRAY) {
      json.writeFieldName(names.get(i++));
      Cells.copy(values, json);
    }
    json.writeEndObject();
    if (!array) {
      json.writeRaw('\n');
    }
  }

  @Override
  public void finish() throws IOException {
    if (array) {
      json.writeEndArray();
    }
    json.flush();
  }
}
