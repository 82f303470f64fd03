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
import java.util.concurrent.locks.ReentrantLock;

/**
 * Results as lines of JSON: an object with the columns, an array for each row, an object with the
 * end; or an object with the failure. An empty line means nothing, and finds out whether anybody
 * still reads. Thread-safe.
 */
public final class JsonLines implements ResultSink, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReentrantLock writing = new ReentrantLock();
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
  public void columns(List<ResultColumn> columns) throws IOException {
    writing.lock();
    try {
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
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void row(Row row) throws IOException, SQLException {
    writing.lock();
    try {
      idle = false;
      row.write(json);
      json.writeRaw('\n');
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void end(ResultEnd end) throws IOException {
    object("end", end);
  }

  @Override
  public void fail(QueryError error) throws IOException {
    object("error", error);
  }

  private void object(String name, Object value) throws IOException {
    writing.lock();
    try {
      if (!json.getOutputContext().inRoot()) {
        // In the middle of a row: the answer stops where it is, and so is seen to be broken off.
        throw new IOException("a row broke off");
      }
      json.writeStartObject();
      json.writeObjectField(name, value);
      json.writeEndObject();
      json.writeRaw('\n');
    } finally {
      writing.unlock();
    }
  }

  @Override
  public long bytes() {
    writing.lock();
    try {
      return flushed + json.getOutputBuffered();
    } finally {
      writing.unlock();
    }
  }

  /**
   * An empty line, where nothing was said since the last one. Does not wait where something is
   * being said: the reader may take its time, and others have readers, too.
   */
  public void stillThere() throws IOException {
    if (!writing.tryLock()) {
      return;
    }
    try {
      if (idle && json.getOutputContext().inRoot()) {
        json.writeRaw('\n');
        json.flush();
        out.flush();
      }
      idle = true;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    writing.lock();
    try {
      json.flush();
    } finally {
      writing.unlock();
    }
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
