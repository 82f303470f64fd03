package io.tas.dbhub.api.schedules;

import com.google.protobuf.ByteString;
import io.tas.dbhub.core.schedule.RunRequest;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.ScheduleInfo;
import java.util.HexFormat;

/**
 * A schedule as Temporal describes it.
 *
 * @param request what it gives to its runs, where its definition is
 * @param createdBy the subject who made it
 * @param made names the request that made it
 * @param token which Temporal changes with the schedule
 */
record StoredSchedule(
    RunRequest request,
    String createdBy,
    String made,
    Schedule schedule,
    ScheduleInfo info,
    ByteString token) {
  String id() {
    return request.scheduleId();
  }

  String name() {
    return request.definition().name();
  }

  /** The opaque tag of this state, also told from those of one that had the name before. */
  String tag() {
    return Long.toHexString(info.getCreateTime().getSeconds())
        + "-"
        + HexFormat.of().formatHex(token.toByteArray());
  }
}
