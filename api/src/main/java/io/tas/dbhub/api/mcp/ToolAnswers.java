package io.tas.dbhub.api.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.errors.Problems;
import io.tas.dbhub.api.errors.QueryFault;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Database;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a tool answers beside rows, as an agent reads it. */
final class ToolAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whoever describes a database does not get an agent's ear for longer than that. */
  private static final int DESCRIPTION = 200;

  private ToolAnswers() {}

  static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).isError(false).build();
  }

  /** Says what is wrong and what to do, so that the agent can do it. */
  static CallToolResult failure(ProblemException problem) {
    ObjectNode error = JSON.createObjectNode();
    error.put("error", problem.type().wireName());
    error.put("message", problem.detail());
    QueryFault fault = problem.query();
    if (fault != null) {
      error.put("kind", fault.kind());
      put(error, "target_code", fault.targetCode());
      put(error, "statement", fault.statement());
      put(error, "line", fault.line());
      put(error, "column", fault.column());
    }
    if (!problem.violations().isEmpty()) {
      ArrayNode errors = error.putArray("errors");
      problem
          .violations()
          .forEach(
              violation ->
                  errors
                      .addObject()
                      .put("field", violation.field())
                      .put("message", violation.message()));
    }
    put(error, "suggestion", problem.suggestion());
    Duration retryAfter = Problems.retryAfter(problem);
    if (retryAfter != null) {
      error.put("retry_after_seconds", Math.max(1, retryAfter.toSeconds()));
    }
    return CallToolResult.builder().addTextContent(error.toString()).isError(true).build();
  }

  /** What the caller may know of databases. */
  static CallToolResult databases(Caller caller, AgentDatabases.Found found) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode databases = answer.putArray("databases");
    for (Database database : found.databases()) {
      ObjectNode each = databases.addObject();
      each.put("name", database.definition().name());
      each.put("id", database.id());
      each.put("type", database.definition().target().type().wireName());
      each.put(
          "status", database.definition().active() ? database.status().wireName() : "Set aside");
      each.put(
          "level", Permissions.level(caller, database).map(AccessLevel::wireName).orElse("none"));
      each.put("read_only", !AgentDatabases.writable(caller, database));
      String description = database.definition().description();
      if (!description.isEmpty()) {
        each.put("description", shortened(description));
      }
    }
    answer.put("truncated", found.more());
    return text(answer.toString());
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= DESCRIPTION
        ? text
        : text.substring(0, text.offsetByCodePoints(0, DESCRIPTION)) + "…";
  }

  private static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, value);
    }
  }

  private static void put(ObjectNode object, String name, @Nullable Integer value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}
