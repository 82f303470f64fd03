package io.tas.dbhub.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import io.tas.dbhub.core.query.ResultEnd.Truncated;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentAnswerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AgentAnswer answer;

  @BeforeEach
  void begin() throws IOException {
    answer = new AgentAnswer();
  }

  @Test
  void oneResultIsTheAnswer() throws IOException {
    result("id", "[[1],[2]]", new ResultEnd(2, Truncated.ROWS));

    assertThat(answer.json())
        .isEqualTo(
            "{\"columns\":[{\"name\":\"id\",\"type\":\"int4\"}],\"rows\":[[1],[2]],"
                + "\"row_count\":2,\"truncated\":true,\"truncated_by\":\"rows\"}");
  }

  @Test
  void severalResultsAreAllThereInTheirOrder() throws IOException {
    result("a", "[[1]]", new ResultEnd(1, null));
    result("b", "[]", new ResultEnd(0, null));
    result("c", "[[\"x\"]]", new ResultEnd(1, null));

    assertThat(JSON.readTree(answer.json()).path("results"))
        .extracting(result -> result.at("/columns/0/name").asText() + result.path("rows"))
        .containsExactly("a[[1]]", "b[]", "c[[\"x\"]]");
  }

  private void result(String column, String rows, ResultEnd end) throws IOException {
    answer.columns(List.of(new ResultColumn(column, "int4")));
    try (JsonParser values = JSON.createParser(rows)) {
      values.nextToken();
      while (values.nextToken() == JsonToken.START_ARRAY) {
        answer.row(values);
      }
    }
    answer.end(end);
  }
}
