package io.tas.dbhub.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.errors.Problems;
import io.tas.dbhub.api.query.QueryCall;
import io.tas.dbhub.api.query.QueryExecutor;
import io.tas.dbhub.api.query.QueryRequest;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Violation;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the tools. Both ask a database by the same way as every query, so whatever holds for
 * queries holds for them. Thread-safe.
 */
final class ToolCalls {
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;
  private static final int MAX_TEXT = 255;

  private final QueryExecutor executor;
  private final AgentDatabases databases;
  private final Catalogue catalogue = new Catalogue();

  ToolCalls(QueryExecutor executor, AgentDatabases databases) {
    this.executor = executor;
    this.databases = databases;
  }

  /**
   * One call.
   *
   * @param alias by which its caller may cancel what it asks; null for none
   */
  record Call(Caller caller, ObjectNode arguments, @Nullable String alias) {}

  /** What a tool does. */
  @FunctionalInterface
  interface Tool {
    CallToolResult run(Call call) throws IOException;
  }

  /** What fails is an answer too: the agent is to read why. */
  static CallToolResult answer(Tool tool, Call call) {
    try {
      return tool.run(call);
    } catch (IOException | RuntimeException e) {
      return ToolAnswers.failure(Problems.of(e));
    }
  }

  CallToolResult executeSql(Call call) throws IOException {
    Fields fields = new Fields(call.arguments());
    String database = required(fields, "database");
    String sql = QueryRequest.sql(fields, "sql");
    List<JsonNode> parameters = QueryRequest.parameters(fields);
    QueryCall.Limits limits = QueryRequest.limits(fields);
    if (database == null || sql == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    return ask(call, databases.id(call.caller(), database), sql, parameters, limits);
  }

  CallToolResult searchObjects(Call call) throws IOException {
    Fields fields = new Fields(call.arguments());
    ObjectType type = type(fields);
    String database = text(fields, "database");
    String pattern = text(fields, "pattern");
    String schema = text(fields, "schema");
    String table = text(fields, "table");
    String level = fields.text("detail_level");
    Integer limit = fields.integer("limit");
    if (level != null && !level.equals("names") && !level.equals("full")) {
      fields.violate("detail_level", "is names or full");
    }
    if (limit != null && (limit < 1 || limit > MAX_LIMIT)) {
      fields.violate("limit", "is a number from 1 to " + MAX_LIMIT);
    }
    if (type != null && type != ObjectType.DATABASE && database == null) {
      fields.require("database");
    }
    if (type == ObjectType.DATABASE && (database != null || schema != null)) {
      fields.violate(database != null ? "database" : "schema", "is not for databases: use pattern");
    }
    if (type != null && !type.ofTable() && table != null) {
      fields.violate("table", "is for columns and indexes only");
    }
    if (type == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    Catalogue.Search search =
        new Catalogue.Search(
            type,
            pattern == null ? "%" : pattern,
            schema == null ? "" : schema,
            table == null ? "" : table,
            "full".equals(level));
    int most = limit == null ? DEFAULT_LIMIT : limit;
    return database == null
        ? ToolAnswers.databases(
            call.caller(), databases.search(call.caller(), search.pattern(), most))
        : search(call, databases.find(call.caller(), database), search, most);
  }

  /** It writes nothing, whatever the connection allows. */
  private CallToolResult search(Call call, Database database, Catalogue.Search search, int most)
      throws IOException {
    String engine = database.definition().target().type().wireName();
    Catalogue.Question question =
        catalogue
            .question(database.definition().target().type(), search)
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        List.of(
                            new Violation(
                                "object_type",
                                "is not %s: %s has none"
                                    .formatted(search.type().wireName(), engine)))));
    return ask(
        call,
        database.id(),
        question.sql(),
        question.parameters(),
        new QueryCall.Limits(most, null, true));
  }

  private CallToolResult ask(
      Call call, String databaseId, String sql, List<JsonNode> parameters, QueryCall.Limits limits)
      throws IOException {
    AgentAnswer answer = new AgentAnswer();
    executor.execute(
        new QueryCall(
            UUID.randomUUID().toString(),
            call.alias(),
            call.caller(),
            QueryChannel.MCP,
            databaseId,
            sql,
            parameters,
            limits),
        answer);
    return ToolAnswers.text(answer.json());
  }

  private static @Nullable ObjectType type(Fields fields) {
    String name = required(fields, "object_type");
    ObjectType type = name == null ? null : ObjectType.fromWireName(name).orElse(null);
    if (name != null && type == null) {
      fields.violate("object_type", "is one of " + String.join(", ", ObjectType.wireNames()));
    }
    return type;
  }

  private static @Nullable String required(Fields fields, String field) {
    String text = text(fields, field);
    if (text == null) {
      fields.require(field);
    }
    return text;
  }

  private static @Nullable String text(Fields fields, String field) {
    String text = fields.text(field);
    if (text != null && (text.isEmpty() || text.length() > MAX_TEXT)) {
      fields.violate(field, "has 1 to " + MAX_TEXT + " characters");
    }
    return text;
  }
}
