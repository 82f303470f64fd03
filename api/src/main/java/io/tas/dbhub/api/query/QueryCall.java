package io.tas.dbhub.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.core.audit.QueryChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of a database.
 *
 * @param id a UUID in its canonical text form, by which the query can be cancelled
 * @param alias under which the caller may cancel it too; null for none
 * @param channel by which it came
 * @param parameters bound to the statement's placeholders in their order, never pasted
 * @param limits that the caller wants; the connection's own hold in any case
 */
public record QueryCall(
    String id,
    @Nullable String alias,
    Caller caller,
    QueryChannel channel,
    String databaseId,
    String sql,
    List<JsonNode> parameters,
    Limits limits) {
  public QueryCall {
    parameters = List.copyOf(parameters);
  }

  /**
   * @param maxRows null for the connection's own
   * @param timeoutSeconds null for the connection's own
   * @param readOnly nothing is written, whatever the connection allows
   */
  public record Limits(
      @Nullable Integer maxRows, @Nullable Integer timeoutSeconds, boolean readOnly) {
    public Limits(@Nullable Integer maxRows, @Nullable Integer timeoutSeconds) {
      this(maxRows, timeoutSeconds, false);
    }

    /** Those of the connection. */
    public static Limits none() {
      return new Limits(null, null);
    }
  }
}
