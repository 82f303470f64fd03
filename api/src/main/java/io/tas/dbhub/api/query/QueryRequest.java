package io.tas.dbhub.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.failure.FailureType;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a request that asks a database. */
@Schema(name = "Query")
public record QueryRequest(
    @Schema(description = "Not needed where the path has it") @Nullable String databaseId,
    @Schema(example = "SELECT id, total FROM orders WHERE status = ?", maxLength = MAX_QUERY)
        String query,
    @Schema(description = "Bound to the placeholders in their order")
        @Nullable List<Object> parameters,
    @Schema(description = "At most as many rows, where the connection allows more")
        @Nullable Integer maxRows,
    @Schema(description = "At most as long, where the connection allows longer")
        @Nullable Integer timeoutSeconds,
    @Schema(description = "By which you can cancel it while it runs, beside its query_id")
        @Nullable String clientQueryId) {
  private static final int MAX_QUERY = 100_000;
  private static final int MAX_PARAMETERS = 1_000;
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  /**
   * @param pathId the database of the path; null where the body names it
   * @throws ProblemException Invalid with all that is wrong, or NotFound
   */
  public static QueryCall read(
      Caller caller, InputStream body, @Nullable String pathId, QueryChannel channel) {
    Fields fields = new Fields(JsonBody.read(body));
    String sentId = fields.text("database_id");
    String id = pathId == null ? sentId : pathId;
    if (id == null) {
      fields.require("database_id");
    } else if (sentId != null && !sentId.equals(id)) {
      fields.violate("database_id", "differs from the path's");
    }
    String query = sql(fields, "query");
    List<JsonNode> parameters = parameters(fields);
    String alias = fields.text("client_query_id");
    if (alias != null && !ALIAS.matcher(alias).matches()) {
      fields.violate("client_query_id", "has 1 to 100 letters, digits, '-', '_' and '.'");
    }
    QueryCall.Limits limits = limits(fields);
    if (id == null || query == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    if (!Uuids.valid(id)) {
      throw new ProblemException(FailureType.NOT_FOUND, "There is no such database.");
    }
    return new QueryCall(
        UUID.randomUUID().toString(), alias, caller, channel, id, query, parameters, limits);
  }

  /**
   * @return null where it was not sent, which is noted
   */
  public static @Nullable String sql(Fields fields, String field) {
    String sql = fields.text(field);
    if (sql == null) {
      fields.require(field);
    } else if (sql.isBlank() || sql.length() > MAX_QUERY) {
      fields.violate(field, "has 1 to " + MAX_QUERY + " characters");
    }
    return sql;
  }

  /** Those to be bound; what cannot be is noted. */
  public static List<JsonNode> parameters(Fields fields) {
    List<JsonNode> parameters = fields.array("parameters");
    if (parameters.size() > MAX_PARAMETERS) {
      fields.violate("parameters", "are at most " + MAX_PARAMETERS);
    }
    if (!parameters.stream().allMatch(JsonNode::isValueNode)) {
      fields.violate("parameters", "are strings, numbers, true, false or null");
    }
    return parameters;
  }

  /** Those that the caller wants. */
  public static QueryCall.Limits limits(Fields fields) {
    return new QueryCall.Limits(
        atLeastOne(fields, "max_rows"), atLeastOne(fields, "timeout_seconds"));
  }

  private static @Nullable Integer atLeastOne(Fields fields, String field) {
    Integer value = fields.integer(field);
    if (value != null && value < 1) {
      fields.violate(field, "is at least 1");
    }
    return value;
  }
}
