package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.schedule.ScheduleKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a space's schedules. A change shows in it a moment later. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ScheduleList")
public record ScheduleListView(List<Entry> schedules, @Nullable String nextCursor) {
  /** A schedule as lists show it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ScheduleListEntry")
  public record Entry(
      String id,
      String name,
      @Schema(
              implementation = String.class,
              allowableValues = {"sync", "test", "query"})
          ScheduleKind kind,
      String createdBy,
      boolean paused,
      String note,
      @Nullable Instant nextRun,
      @Nullable Instant lastRun) {}
}
