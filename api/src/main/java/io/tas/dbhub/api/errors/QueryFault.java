package io.tas.dbhub.api.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a query's problem says beside.
 *
 * @param kind of the error
 * @param targetCode the database's own code
 * @param statement which of the statements, counted from 0
 * @param position where in the query's text, in characters counted from 1
 * @param line of the position, counted from 1
 * @param column of the position in its line, counted from 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "QueryFault")
public record QueryFault(
    @Schema(
            allowableValues = {
              "connection",
              "syntax",
              "permission",
              "execution",
              "timeout",
              "readonly",
              "cancelled",
              "busy",
              "unusable",
              "unknown"
            })
        String kind,
    @Schema(example = "42703") @Nullable String targetCode,
    @Nullable Integer statement,
    @Nullable Integer position,
    @Nullable Integer line,
    @Nullable Integer column) {
  public static QueryFault of(String kind) {
    return new QueryFault(kind, null, null, null, null, null);
  }
}
