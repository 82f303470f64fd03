package io.tas.dbhub.api.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.dbhub.client.Dbhub;
import io.tas.dbhub.dbhub.client.DbhubAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers what a test says; what a DBHub server does on the wire is the client's test. */
final class ScriptedDbhub implements Dbhub {
  static final String TOKEN = "tok123";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_REQUEST = 102_400;

  /** What it was asked. */
  record Call(String sourceId, String sql, Duration timeout) {}

  final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile DbhubAnswer answer = new DbhubAnswer.Unreachable();

  void answers(DbhubAnswer next) {
    answer = next;
  }

  void answersError(String code, String message) {
    answer = new DbhubAnswer.ToolError(code, message);
  }

  /** The next answers' {@code data.statements}. */
  void answersStatements(String statements) {
    List<DbhubAnswer.Result> results = new ArrayList<>();
    for (JsonNode statement : read(statements)) {
      results.add(
          new DbhubAnswer.Result(
              statement.path("rows"),
              statement.path("count").asInt(),
              statement.path("truncated").asBoolean()));
    }
    answer = new DbhubAnswer.Results(results);
  }

  @Override
  public DbhubAnswer execute(
      String endpoint, String sourceId, String token, String sql, Duration timeout) {
    if (!TOKEN.equals(token)) {
      return new DbhubAnswer.Rejected(401);
    }
    if (sql.getBytes(StandardCharsets.UTF_8).length > LARGEST_REQUEST) {
      return new DbhubAnswer.Rejected(413);
    }
    calls.add(new Call(sourceId, sql, timeout));
    return answer;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
