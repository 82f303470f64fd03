package io.tas.dbhub.dbhub.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.dbhub.client.DbhubAnswer.Result;
import io.tas.dbhub.dbhub.client.DbhubAnswer.Results;
import io.tas.dbhub.dbhub.client.DbhubAnswer.ToolError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DbhubClientTest {
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private final FakeDbhub dbhub = new FakeDbhub();
  private final DbhubClient client = new DbhubClient(10_000);

  @AfterEach
  void close() {
    dbhub.close();
  }

  @Test
  void theResultOfEveryStatementIsRead() {
    dbhub.answersStatements(
        "[{\"sql\":\"select 1\",\"rows\":[{\"b\":1}],\"count\":1},"
            + "{\"sql\":\"select 2\",\"rows\":[{\"x\":null},{\"x\":\"ü\\n'q\"}],\"count\":2,"
            + "\"truncated\":true}]");
    List<Result> results = ((Results) ask("db_1", FakeDbhub.TOKEN)).statements();
    assertThat(results).hasSize(2);
    assertThat(results.get(0)).extracting(Result::count, Result::truncated).contains(1, false);
    assertThat(results.get(1).truncated()).isTrue();
    assertThat(results.get(1).rows().get(1).get("x").textValue()).isEqualTo("ü\n'q");
    assertThat(dbhub.calls).containsExactly(new FakeDbhub.Call("execute_sql_db_1", "select 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"READONLY_VIOLATION", "EXECUTION_ERROR", "SOURCE_UNREACHABLE"})
  void anErrorOfTheToolKeepsItsCode(String code) {
    dbhub.answersError(code, "no such table: nope");
    assertThat(ask("a", FakeDbhub.TOKEN)).isEqualTo(new ToolError(code, "no such table: nope"));
  }

  @Test
  void anErrorThatIsPlainTextIsAnErrorToo() {
    dbhub.answersTool("Input validation error: Invalid arguments for tool execute_sql_a", true);
    assertThat(ask("a", FakeDbhub.TOKEN))
        .isInstanceOfSatisfying(ToolError.class, e -> assertThat(e.code()).isEmpty());
  }

  @Test
  void aToolThatIsNotThereIsNotOffered() {
    dbhub.answersMessage(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,"
            + "\"message\":\"Tool execute_sql_a not found\"}}");
    assertThat(ask("a", FakeDbhub.TOKEN)).isEqualTo(new DbhubAnswer.NotOffered());
  }

  @Test
  void aWrongTokenIsRejected() {
    assertThat(ask("a", "other")).isEqualTo(new DbhubAnswer.Rejected(401));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not a stream",
        "data: {\n\n",
        "data: {\"id\":2,\"result\":{}}\n\n",
        "data: {\"id\":1,\"error\":{\"code\":-32600,\"message\":\"bad\"}}\n\n",
        "data: {\"id\":1,\"result\":{\"content\":[{\"text\":\"{\\\"success\\\":true}\"}]}}\n\n"
      })
  void whatIsNoAnswerIsNotUnderstood(String stream) {
    dbhub.answers(200, "text/event-stream", stream);
    assertThat(ask("a", FakeDbhub.TOKEN)).isEqualTo(new DbhubAnswer.NotUnderstood());
  }

  @Test
  void anAnswerBeyondTheLimitIsBrokenOff() {
    dbhub.answers(200, "text/event-stream", "data: " + "x".repeat(10_000) + "\n\n");
    assertThat(ask("a", FakeDbhub.TOKEN)).isEqualTo(new DbhubAnswer.TooLarge());
  }

  @Test
  void rowsThatNeverComeAreATimeout() {
    dbhub.hangsAfterTheHead();
    assertThat(
            client.execute(
                dbhub.endpoint(), "a", FakeDbhub.TOKEN, "select 1", Duration.ofMillis(300)))
        .isEqualTo(new DbhubAnswer.TimedOut());
  }

  @Test
  void aServerThatIsGoneOrBreaksOffIsUnreachable() {
    dbhub.breaksOff();
    assertThat(ask("a", FakeDbhub.TOKEN)).isEqualTo(new DbhubAnswer.Unreachable());
    dbhub.close();
    assertThat(ask("a", FakeDbhub.TOKEN)).isEqualTo(new DbhubAnswer.Unreachable());
  }

  private DbhubAnswer ask(String sourceId, String token) {
    return client.execute(dbhub.endpoint(), sourceId, token, "select 1", PATIENT);
  }
}
