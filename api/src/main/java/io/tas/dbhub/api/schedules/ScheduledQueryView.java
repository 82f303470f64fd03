package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.util.RawValue;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.schedule.QueryParameter;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule asks, as REST shows it.
 *
 * @param parameters as they were sent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ScheduledQuery")
public record ScheduledQueryView(
    String sql,
    @ArraySchema(schema = @Schema(implementation = Object.class)) List<RawValue> parameters,
    @Nullable Integer maxRows,
    @Nullable Integer timeoutSeconds,
    int keepResults) {
  static @Nullable ScheduledQueryView of(@Nullable ScheduledQuery query) {
    return query == null
        ? null
        : new ScheduledQueryView(
            query.sql(),
            query.parameters().stream().map(ScheduledQueryView::shown).toList(),
            query.maxRows(),
            query.timeoutSeconds(),
            query.keepResults());
  }

  private static RawValue shown(QueryParameter parameter) {
    return new RawValue(
        parameter.lastSuccess()
            ? "{\"last_success\":true,\"first\":" + parameter.json() + "}"
            : parameter.json());
  }
}
