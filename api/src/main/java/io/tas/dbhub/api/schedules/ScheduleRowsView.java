package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.util.RawValue;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.schedule.RowDifference;
import io.tas.dbhub.storage.journal.KeptResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result with its rows.
 *
 * @param columns each as its name and its type
 * @param rows values in the columns' order, written as the answers of queries are
 * @param addedRows the first of those that the result before has not
 * @param removedRows the first of those that only the result before has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ScheduleRows")
public record ScheduleRowsView(
    ScheduleResultView result,
    @ArraySchema(schema = @Schema(implementation = String[].class)) RawValue columns,
    @ArraySchema(schema = @Schema(implementation = Object[].class)) List<RawValue> rows,
    @ArraySchema(schema = @Schema(implementation = Object[].class))
        @Nullable List<RawValue> addedRows,
    @ArraySchema(schema = @Schema(implementation = Object[].class))
        @Nullable List<RawValue> removedRows) {
  static ScheduleRowsView of(KeptResult kept) {
    RowDifference difference = kept.result().difference();
    return new ScheduleRowsView(
        ScheduleResultView.of(kept.result()),
        new RawValue(kept.rows().columns()),
        raw(kept.rows().rows()),
        difference == null ? null : raw(difference.firstAdded()),
        difference == null ? null : raw(difference.firstRemoved()));
  }

  private static List<RawValue> raw(List<String> lines) {
    return lines.stream().map(RawValue::new).toList();
  }
}
