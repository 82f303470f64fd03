package io.tas.dbhub.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import io.tas.dbhub.core.query.ResultEnd.Truncated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerBufferTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AnswerBuffer buffer;

  @BeforeEach
  void begin() throws IOException {
    buffer = new AnswerBuffer("query-1");
  }

  @Test
  void columnsAndTypesComeInTheStatementsOrder() throws IOException {
    columns("z:int", "a:text");
    row("[1,\"x\"]");
    row("[null,\"\\u00e9\\\"\"]");
    end(2, null);

    assertThat(text())
        .startsWith(
            "{\"query_id\":\"query-1\",\"columns\":[\"z\",\"a\"],\"column_types\":[\"int\",\"text\"],"
                + "\"rows\":[{\"z\":1,\"a\":\"x\"},{\"z\":null,\"a\":\"\u00e9\\\"\"}],"
                + "\"row_count\":2,\"truncated\":false,\"duration_ms\":");
    assertThat(answer().has("truncated_by")).isFalse();
    assertThat(answer().has("results")).isFalse();
  }

  @Test
  void noRowsStillHaveColumns() throws IOException {
    columns("id:integer");
    end(0, null);

    assertThat(answer().get("columns").toString()).isEqualTo("[\"id\"]");
    assertThat(answer().get("column_types").toString()).isEqualTo("[\"integer\"]");
    assertThat(answer().get("rows").toString()).isEqualTo("[]");
    assertThat(answer().get("row_count").asInt()).isZero();
  }

  @Test
  void aWriteAnswersHowManyRowsItTouched() throws IOException {
    columns();
    end(3, null);

    assertThat(answer().get("columns").toString()).isEqualTo("[]");
    assertThat(answer().get("rows").toString()).isEqualTo("[]");
    assertThat(answer().get("row_count").asInt()).isEqualTo(3);
  }

  @Test
  void equalNamesAreNumberedAndNeverTakeAnothersName() {
    assertThat(keys("a", "a", "a_2")).containsExactly("a", "a_3", "a_2");
    assertThat(keys("a", "a", "a")).containsExactly("a", "a_2", "a_3");
    assertThat(keys("a_2", "a", "a", "a_2")).containsExactly("a_2", "a", "a_3", "a_2_2");
    assertThat(keys("a", "A")).containsExactly("a", "A");
  }

  @Test
  void aColumnWithoutANameIsCalledByItsPlace() {
    assertThat(keys("", "x", "")).containsExactly("column_1", "x", "column_3");
    assertThat(keys("", "column_1")).containsExactly("column_1_2", "column_1");
  }

  @Test
  void everyNameIsThereOnceHoweverOftenItComes() {
    String[] names = new String[2_000];
    Arrays.fill(names, "n");
    assertThat(keys(names)).doesNotHaveDuplicates().hasSize(2_000);
  }

  @Test
  void valuesComeAsTheWorkerWroteThem() throws IOException {
    columns("n:numeric", "j:json");
    for (String number :
        List.of(
            "12345678901234567890",
            "1.10",
            "1e-400",
            "0.1",
            "-0.0",
            "1E+5",
            "0.30000000000000004",
            "123456789012345678901234567890.123456789")) {
      row("[" + number + ",{\"k\":[" + number + ",{}],\"l\":true}]");
    }
    end(8, null);

    assertThat(text())
        .contains("{\"n\":12345678901234567890,\"j\":{\"k\":[12345678901234567890,{}],\"l\":true}}")
        .contains("{\"n\":1.10,\"j\":{\"k\":[1.10,{}],\"l\":true}}")
        .contains("\"n\":1e-400,", "\"n\":0.1,", "\"n\":-0.0,", "\"n\":1E+5,")
        .contains("\"n\":0.30000000000000004,", "[123456789012345678901234567890.123456789,{}]");
  }

  @Test
  void ofSeveralResultsTheLastAnswersAndAllAreThere() throws IOException {
    columns("a:int");
    row("[1]");
    end(1, null);
    columns();
    end(5, null);
    columns("b:int");
    row("[2]");
    end(1, Truncated.ROWS);

    assertThat(answer().get("rows").toString()).isEqualTo("[{\"b\":2}]");
    JsonNode results = answer().get("results");
    assertThat(results.findValuesAsText("row_count")).containsExactly("1", "5", "1");
    assertThat(results.get(0).get("rows").toString()).isEqualTo("[{\"a\":1}]");
    assertThat(results.get(0).get("truncated").asBoolean()).isFalse();
    assertThat(results.get(2).get("truncated").asBoolean()).isTrue();
  }

  @Test
  void whatCutTheAnswerIsSaid() throws IOException {
    for (Truncated truncated : Truncated.values()) {
      columns("a:int");
      row("[1]");
      end(1, truncated);
      assertThat(answer().get("truncated").asBoolean()).isTrue();
      assertThat(answer().get("truncated_by").asText()).isEqualToIgnoringCase(truncated.name());
      assertThat(answer().get("truncated_by").asText()).isLowerCase();
    }
  }

  private static List<String> keys(String... names) {
    return Cells.keys(Arrays.asList(names));
  }

  /** Each as name:type. */
  private void columns(String... columns) throws IOException {
    buffer.columns(
        Arrays.stream(columns)
            .map(column -> column.split(":", -1))
            .map(parts -> new ResultColumn(parts[0], parts[1]))
            .toList());
  }

  private void row(String values) throws IOException {
    try (JsonParser parser = JSON.getFactory().createParser(values)) {
      parser.nextToken();
      buffer.row(parser);
    }
  }

  private void end(long rows, Truncated truncated) throws IOException {
    buffer.end(new ResultEnd(rows, truncated));
  }

  private String text() throws IOException {
    return new String(buffer.json(), StandardCharsets.UTF_8);
  }

  private JsonNode answer() throws IOException {
    return JSON.readTree(buffer.json());
  }
}
