package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a schedule's results, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ScheduleResultList")
public record ScheduleResultListView(
    List<ScheduleResultView> results, @Nullable String nextCursor) {}
