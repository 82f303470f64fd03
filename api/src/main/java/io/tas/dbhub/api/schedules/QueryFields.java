package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.core.schedule.QueryParameter;
import io.tas.dbhub.core.schedule.ScheduleKind;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.core.schedule.Webhook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a schedule asks. */
final class QueryFields {
  private static final String FIELD = "query";
  private static final String WEBHOOK = "webhook";
  private static final int KEPT = 10;

  private QueryFields() {}

  /**
   * @param kind null where it was wrong
   * @return null for a schedule that asks nothing, or where it is not said what
   */
  static @Nullable ScheduledQuery read(Fields fields, @Nullable ScheduleKind kind) {
    ObjectNode sent = fields.object(FIELD);
    Webhook webhook = webhook(fields, kind);
    if (sent == null) {
      if (kind == ScheduleKind.QUERY) {
        fields.require(FIELD);
      }
      return null;
    }
    if (kind != null && kind != ScheduleKind.QUERY) {
      fields.violate(FIELD, "belongs to the kind query");
      return null;
    }
    Fields query = new Fields(sent);
    ScheduledQuery read =
        new ScheduledQuery(
            sql(query),
            parameters(query),
            atLeastOne(query, "max_rows"),
            atLeastOne(query, "timeout_seconds"),
            kept(query),
            webhook);
    query
        .violations()
        .forEach(violation -> fields.violate(FIELD + "." + violation.field(), violation.message()));
    return read;
  }

  private static @Nullable Webhook webhook(Fields fields, @Nullable ScheduleKind kind) {
    ObjectNode sent = fields.object(WEBHOOK);
    if (sent == null) {
      return null;
    }
    if (kind != null && kind != ScheduleKind.QUERY) {
      fields.violate(WEBHOOK, "belongs to the kind query");
    }
    Fields webhook = new Fields(sent);
    String url = webhook.text("url");
    if (url == null) {
      webhook.require("url");
    }
    webhook
        .violations()
        .forEach(
            violation -> fields.violate(WEBHOOK + "." + violation.field(), violation.message()));
    return new Webhook(url == null ? "" : url, null);
  }

  private static String sql(Fields query) {
    String sql = query.text("sql");
    if (sql == null) {
      query.require("sql");
      return "";
    }
    if (sql.isBlank() || bytes(sql) > ScheduledQuery.LONGEST_SQL) {
      query.violate("sql", "has 1 to " + ScheduledQuery.LONGEST_SQL + " bytes of UTF-8");
    }
    return sql;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static @Nullable Integer atLeastOne(Fields query, String field) {
    Integer value = query.integer(field);
    if (value != null && value < 1) {
      query.violate(field, "is at least 1");
    }
    return value;
  }

  private static int kept(Fields query) {
    Integer keep = query.integer("keep_results");
    if (keep != null && (keep < 1 || keep > ScheduledQuery.MOST_KEPT)) {
      query.violate("keep_results", "is a number from 1 to " + ScheduledQuery.MOST_KEPT);
    }
    return keep == null ? KEPT : keep;
  }

  private static List<QueryParameter> parameters(Fields query) {
    List<JsonNode> sent = query.array("parameters");
    List<QueryParameter> parameters = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      parameters.add(parameter(query, "parameters[" + i + "]", sent.get(i)));
    }
    if (parameters.size() > ScheduledQuery.MOST_PARAMETERS) {
      query.violate("parameters", "are at most " + ScheduledQuery.MOST_PARAMETERS);
    } else if (parameters.stream().mapToInt(parameter -> bytes(parameter.json())).sum()
        > ScheduledQuery.LONGEST_PARAMETERS) {
      query.violate(
          "parameters", "have at most " + ScheduledQuery.LONGEST_PARAMETERS + " bytes together");
    }
    return parameters;
  }

  private static QueryParameter parameter(Fields query, String at, JsonNode sent) {
    if (sent.isValueNode()) {
      return new QueryParameter(sent.toString(), false);
    }
    JsonNode first = sent.path("first");
    boolean sound =
        sent.path("last_success").asBoolean()
            && sent.path("last_success").isBoolean()
            && (first.isMissingNode() || first.isValueNode())
            && sent.size() == (first.isMissingNode() ? 1 : 2);
    if (!sound) {
      query.violate(
          at,
          "is a string, a number, true, false or null, or {\"last_success\": true, \"first\": …}");
    }
    return new QueryParameter(
        first.isValueNode() && !first.isMissingNode()
            ? first.toString()
            : NullNode.getInstance().toString(),
        true);
  }

  /** As OpenAPI describes who is told. */
  @Schema(name = "ScheduleWebhook")
  record WebhookBody(
      @Schema(
              example = "https://hooks.example.com/dbhub",
              description =
                  "Gets what each query came to, without rows, signed as Standard Webhooks says;"
                      + " the operator names the hosts")
          String url) {}

  /** The fields as OpenAPI describes them. */
  @Schema(name = "ScheduledQueryFields")
  record Body(
      @Schema(
              example = "SELECT id, total FROM orders WHERE created_at > ?",
              description = "At most 65536 bytes of UTF-8")
          String sql,
      @ArraySchema(
              maxItems = ScheduledQuery.MOST_PARAMETERS,
              arraySchema =
                  @Schema(
                      description =
                          "Bound to the placeholders in their order. {\"last_success\": true,"
                              + " \"first\": \"1970-01-01T00:00:00Z\"} is the moment at which the"
                              + " last run began that succeeded on the database, such as"
                              + " 2026-01-31T08:00:00.000Z, and before there was one what first"
                              + " says"))
          @Nullable List<Object> parameters,
      @Schema(description = "At most as many rows, where the connection allows more")
          @Nullable Integer maxRows,
      @Schema(description = "At most as long, where the connection allows longer")
          @Nullable Integer timeoutSeconds,
      @Schema(
              description = "Of how many runs the results are kept, for each database",
              minimum = "1",
              maximum = "50",
              defaultValue = "10")
          @Nullable Integer keepResults) {}
}
