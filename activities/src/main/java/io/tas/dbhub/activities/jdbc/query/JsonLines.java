package io.tas.dbhub.activities.jdbc.query;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;

/**
 * Results as lines of JSON: an object with the columns, an array for each row, an object with the
 * end; or an object with the failure. An empty line means nothing, and finds out whether anybody
 * still reads. Thread-safe.
 */
public final class JsonLines implements ResultSink, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream out;
  private final JsonGenerator json;
  private long flushed;
  private boolean idle = true;

  public JsonLines(OutputStream out) throws IOException {
    this.out = out;
    this.json =
        JSON.getFactory()
            .createGenerator(new Counting(out), JsonEncoding.UTF8)
            .setRootValueSeparator(null)
            .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    json.setCodec(JSON);
  }

  @Override
  public synchronized void columns(List<ResultColumn> columns) throws IOException {
    idle = false;
    json.writeStartObject();
    json.writeArrayFieldStart("columns");
    for (ResultColumn column : columns) {
      json.writeStartArray();
      json.writeString(column.name());
      json.writeString(column.type());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public synchronized void row(Row row) throws IOException, SQLException {
    idle = false;
    row.write(json);
    json.writeRaw('\n');
  }

  @Override
  public synchronized void end(ResultEnd end) throws IOException {
    object("end", end);
  }

  @Override
  public synchronized void fail(QueryError error) throws IOException {
    if (!json.getOutputContext().inRoot()) {
      // In the middle of a row: the answer stops where it is, and so is seen to be broken off.
      throw new IOException("a row broke off");
    }
    object("error", error);
  }

  private void object(String name, Object value) throws IOException {
    json.writeStartObject();
    json.writeObjectField(name, value);
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public synchronized long bytes() {
    return flushed + json.getOutputBuffered();
  }

  /** An empty line, where nothing was said since the last one. */
  public synchronized void stillThere() throws IOException {
    if (idle && json.getOutputContext().inRoot()) {
      json.writeRaw('\n');
      json.flush();
      out.flush();
    }
    idle = true;
  }

  @Override
  public synchronized void close() throws IOException {
    json.flush();
  }

  /** What left the generator. */
  private final class Counting extends OutputStream {
    private final OutputStream next;

    Counting(OutputStream next) {
      this.next = next;
    }

    @Override
    public void write(int one) throws IOException {
      flushed++;
      next.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      flushed += length;
      next.write(bytes, offset, length);
    }
  }
}
