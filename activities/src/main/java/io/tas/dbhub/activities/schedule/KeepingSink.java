package io.tas.dbhub.activities.schedule;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.activities.jdbc.query.ResultSink;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import io.tas.dbhub.storage.journal.KeptRows;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a query answers, up to a number of bytes: the result of its last statement. Of one
 * thread.
 */
final class KeepingSink implements ResultSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long mostBytes;
  private List<ResultColumn> columns = List.of();
  private List<String> rows = new ArrayList<>();
  private long touched;
  private boolean truncated;
  private long bytes;
  private boolean unsure;
  private @Nullable QueryError error;

  KeepingSink(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public void columns(List<ResultColumn> next) {
    columns = next;
    rows = new ArrayList<>();
    touched = 0;
    truncated = false;
  }

  /** One that is too large by itself is left out, too. */
  @Override
  public void row(Row row) throws IOException, SQLException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.getFactory().createGenerator(text)) {
      json.setCodec(JSON);
      row.write(json);
    }
    String line = text.toString();
    bytes += line.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > mostBytes) {
      truncated = true;
    } else {
      rows.add(line);
    }
  }

  @Override
  public void end(ResultEnd end) {
    touched = end.rows();
    truncated |= end.truncated() != null;
  }

  @Override
  public void unsure() {
    unsure = true;
  }

  @Override
  public void fail(QueryError why) {
    error = why;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  /** Why there is no answer. */
  Optional<QueryError> error() {
    return Optional.ofNullable(error);
  }

  /** Whether what failed may have taken effect all the same. */
  boolean mayHold() {
    return unsure;
  }

  /** How many rows there are, or a write touched. */
  long count() {
    return columns.isEmpty() ? touched : rows.size();
  }

  boolean truncated() {
    return truncated;
  }

  KeptRows kept() {
    List<List<String>> named =
        columns.stream().map(column -> List.of(column.name(), column.type())).toList();
    return new KeptRows(JSON.valueToTree(named).toString(), rows);
  }
}
