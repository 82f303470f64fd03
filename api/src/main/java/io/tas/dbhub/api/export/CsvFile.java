package io.tas.dbhub.api.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 in UTF-8. Texts are in quotes and numbers are not; null is nothing, and so differs from
 * an empty text. A text that a spreadsheet would take for a formula gets an apostrophe before it.
 */
final class CsvFile implements ExportFile {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.NON_NUMERIC).get();

  private final CSVPrinter csv;

  CsvFile(OutputStream out) throws IOException {
    this.csv =
        new CSVPrinter(
            new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), FORMAT);
  }

  @Override
  public void header(List<String> names) throws IOException {
    csv.printRecord(names.stream().map(Formulas::disarmed).toList());
  }

  @Override
  public void row(JsonParser values) throws IOException {
    List<@Nullable Object> cells = new ArrayList<>();
    while (values.nextToken() != JsonToken.END_ARRAY) {
      cells.add(cell(values));
    }
    csv.printRecord(cells);
  }

  private static @Nullable Object cell(JsonParser value) throws IOException {
    JsonToken token = value.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token.isNumeric()) {
      return new BigDecimal(value.getText());
    }
    return Formulas.disarmed(CellTexts.of(value));
  }

  @Override
  public void finish() throws IOException {
    csv.flush();
  }
}
