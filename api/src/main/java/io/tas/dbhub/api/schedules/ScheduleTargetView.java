package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.schedule.ScheduleTarget;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which databases a schedule is for.
 *
 * @param databaseIds those of the named ones that the reader sees; not there for a selector
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ScheduleTarget")
public record ScheduleTargetView(
    @Nullable List<String> databaseIds,
    @Nullable Boolean all,
    @Schema(
            implementation = String.class,
            allowableValues = {"postgres", "mysql", "mariadb", "sqlserver", "sqlite"})
        @Nullable DatabaseType type,
    @Nullable String label) {
  static ScheduleTargetView of(ScheduleTarget target, Set<String> seen) {
    if (target.named()) {
      List<String> shown = target.databaseIds().stream().filter(seen::contains).toList();
      return new ScheduleTargetView(shown, null, null, null);
    }
    String key = target.labelKey();
    String value = target.labelValue();
    String label = value == null ? key : key + "=" + value;
    boolean all = target.type() == null && key == null;
    return new ScheduleTargetView(null, all ? true : null, target.type(), label);
  }
}
