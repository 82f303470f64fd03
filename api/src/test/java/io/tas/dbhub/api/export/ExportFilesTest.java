package io.tas.dbhub.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportFilesTest {
  private static byte[] file(ExportFormat format, List<String> names, String... rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportFile file = format.to(out);
    file.header(names);
    for (String row : rows) {
      try (JsonParser values = new JsonFactory().createParser(row)) {
        values.nextToken();
        file.row(values);
      }
    }
    file.finish();
    return out.toByteArray();
  }

  private static String text(ExportFormat format, List<String> names, String... rows)
      throws IOException {
    return new String(file(format, names, rows), StandardCharsets.UTF_8);
  }

  @Test
  void csvIsOfRfc4180AndTellsNullFromAnEmptyText() throws IOException {
    assertThat(
            text(
                ExportFormat.CSV,
                List.of("a", "b,c"),
                "[1,\"x\"]",
                "[null,\"\"]",
                "[-1.50,\"say \\\"hi\\\",\\nthen ä\"]",
                "[true,{\"k\":[1,2.50]}]"))
        .isEqualTo(
            String.join(
                "\r\n",
                "\"a\",\"b,c\"",
                "1,\"x\"",
                ",\"\"",
                "-1.50,\"say \"\"hi\"\",\nthen ä\"",
                "\"true\",\"{\"\"k\"\":[1,2.50]}\"",
                ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=HYPERLINK(\"http://x\")",
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        "-",
        "+"
      })
  void noTextIsAFormulaToASpreadsheet(String hostile) {
    assertThat(Formulas.disarmed(hostile)).isEqualTo("'" + hostile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-12.50", "+4", "1e-7", "-1E+300", "plain", "", "a=b"})
  void whatIsNoFormulaStaysAsItIs(String harmless) {
    assertThat(Formulas.disarmed(harmless)).isEqualTo(harmless);
  }

  @Test
  void aColumnsNameIsNoFormulaEither() throws IOException {
    assertThat(text(ExportFormat.CSV, List.of("=1+1"))).isEqualTo("\"'=1+1\"\r\n");
  }

  @Test
  void jsonKeepsNumbersAsTheyAre() throws IOException {
    assertThat(
            text(ExportFormat.JSON, List.of("a", "b"), "[1.10,\"9007199254740993\"]", "[null,{}]"))
        .isEqualTo("[{\"a\":1.10,\"b\":\"9007199254740993\"},{\"a\":null,\"b\":{}}]");
    assertThat(text(ExportFormat.JSON, List.of("a"))).isEqualTo("[]");
  }

  @Test
  void ndjsonHasALineForEachRow() throws IOException {
    assertThat(text(ExportFormat.NDJSON, List.of("a"), "[1]", "[\"x\\ny\"]"))
        .isEqualTo("{\"a\":1}\n{\"a\":\"x\\ny\"}\n");
  }

  @Test
  void aWorkbookHoldsTextsAsTextsAndExactNumbers() throws IOException {
    String[] rows = new String[1_200];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = "[" + i + ",\"=1+1\",\"<b>&\\u0001\",null,true,12345678901234567890,\"-1.50\"]";
    }
    Map<String, String> parts =
        unzip(file(ExportFormat.XLSX, List.of("n", "f", "x", "e", "t", "big", "d"), rows));
    String sheet = parts.get("xl/worksheets/sheet1.xml");
    assertThat(sheet)
        .contains("1199", "=1+1", "&lt;b&gt;&amp;", "12345678901234567890", "-1.50")
        .doesNotContain("<f>", "\u0001", "&#x1;", "&#1;");
    assertThat(sheet.split("<row ", -1)).hasSize(rows.length + 2);
  }

  /** By its directory, as spreadsheets do. */
  private static Map<String, String> unzip(byte[] bytes) throws IOException {
    Path file = Files.write(Files.createTempFile("workbook", ".xlsx"), bytes);
    Map<String, String> parts = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        parts.put(
            entry.getName(),
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    } finally {
      Files.delete(file);
    }
    return parts;
  }
}
