package io.tas.dbhub.api.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.tas.dbhub.api.query.Cells;
import java.io.IOException;
import java.io.StringWriter;

/** A value in a format that has texts and numbers only. */
final class CellTexts {
  private static final JsonFactory JSON = new JsonFactory();

  private CellTexts() {}

  /** A document and an array as JSON; anything else as it is. */
  static String of(JsonParser value) throws IOException {
    if (!value.currentToken().isStructStart()) {
      return value.getText();
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      Cells.copy(value, json);
    }
    return text.toString();
  }
}
