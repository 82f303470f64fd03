package io.tas.dbhub.api.export;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;

/** A table that is written row by row. What is held does not grow with the rows. */
interface ExportFile {
  /**
   * @param names each once
   */
  void header(List<String> names) throws IOException;

  /**
   * @param values as in {@link io.tas.dbhub.api.query.AnswerSink#row}
   */
  void row(JsonParser values) throws IOException;

  /** All rows are written. */
  void finish() throws IOException;
}
