package io.tas.dbhub.api.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A workbook with one sheet. Texts are texts, so none is a formula. A number that the format, whose
 * numbers have some 15 digits, would round is a text; a text longer than a cell can hold is cut.
 */
final class WorkbookFile implements ExportFile {
  /** Microsoft's limits of a cell and of a sheet. */
  private static final int LONGEST = 32_767;

  private static final int EXACT_DIGITS = 15;
  private static final int HELD_ROWS = 500;

  private final Workbook workbook;
  private final Worksheet sheet;
  private int next;

  WorkbookFile(OutputStream out) {
    this.workbook = new Workbook(out, "dbhub", "1.0");
    this.sheet = workbook.newWorksheet("result");
  }

  @Override
  public void header(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      text(i, names.get(i));
    }
    next++;
  }

  @Override
  public void row(JsonParser values) throws IOException {
    int column = 0;
    while (values.nextToken() != JsonToken.END_ARRAY) {
      cell(column++, values);
    }
    next++;
    if (next % HELD_ROWS == 0) {
      sheet.flush();
    }
  }

  private void cell(int column, JsonParser value) throws IOException {
    switch (value.currentToken()) {
      case VALUE_NULL -> {
        // An empty cell.
      }
      case VALUE_TRUE, VALUE_FALSE -> sheet.value(next, column, value.getBooleanValue());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(column, value.getText());
      default -> text(column, CellTexts.of(value));
    }
  }

  private void number(int column, String digits) {
    BigDecimal exact = new BigDecimal(digits);
    if (exact.stripTrailingZeros().precision() <= EXACT_DIGITS && Math.abs(exact.scale()) < 300) {
      sheet.value(next, column, exact);
    } else {
      text(column, digits);
    }
  }

  /** XML has no place for most control characters. */
  private void text(int column, String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    sheet.inlineString(
        next, column, cut.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "\uFFFD"));
  }

  @Override
  public void finish() throws IOException {
    sheet.close();
    workbook.finish();
  }
}
