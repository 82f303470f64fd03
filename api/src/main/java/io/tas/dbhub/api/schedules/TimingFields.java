package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.core.schedule.CalendarSyntax;
import io.tas.dbhub.core.schedule.CalendarTime;
import io.tas.dbhub.core.schedule.ScheduleKind;
import io.tas.dbhub.core.schedule.Timing;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads when a schedule's runs take place. */
final class TimingFields {
  static final int SHORTEST_INTERVAL = 60;
  static final int LONGEST_INTERVAL = 31_536_000;
  static final int LONGEST_JITTER = 86_400;
  static final int MOST_CALENDARS = 10;

  /** Of syncs for which nobody said when: not all in the same second. */
  private static final int DAILY = 86_400;

  private static final int SPREAD = 3_600;

  private TimingFields() {}

  /**
   * @param kind null where it was wrong
   */
  static Timing read(Fields fields, @Nullable ScheduleKind kind) {
    String cron = fields.text("cron");
    Integer interval = fields.integer("interval_seconds");
    List<CalendarTime> calendar = calendar(fields);
    String zone = zone(fields);
    Integer jitter = fields.integer("jitter_seconds");
    if (cron != null && CalendarSyntax.cron(cron).isEmpty()) {
      fields.violate(
          "cron", "has the five fields minute, hour, day of month, month and day of week (0 to 6)");
    }
    if (interval != null && (interval < SHORTEST_INTERVAL || interval > LONGEST_INTERVAL)) {
      fields.violate(
          "interval_seconds",
          "is a number from %d to %d".formatted(SHORTEST_INTERVAL, LONGEST_INTERVAL));
    }
    if (jitter != null && (jitter < 0 || jitter > LONGEST_JITTER)) {
      fields.violate("jitter_seconds", "is a number from 0 to " + LONGEST_JITTER);
    }
    long given =
        Stream.of(cron != null, interval != null, !calendar.isEmpty()).filter(g -> g).count();
    if (given == 0 && kind == ScheduleKind.SYNC) {
      return Timing.every(DAILY, jitter == null ? SPREAD : jitter);
    }
    if (given != 1) {
      fields.violate("cron", "one of cron, interval_seconds and calendar is given");
    }
    return new Timing(cron, interval, calendar, zone, jitter == null ? 0 : jitter);
  }

  private static List<CalendarTime> calendar(Fields fields) {
    List<JsonNode> sent = fields.array("calendar");
    if (sent.size() > MOST_CALENDARS) {
      fields.violate("calendar", "has at most " + MOST_CALENDARS + " entries");
      return List.of();
    }
    List<CalendarTime> times = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      String at = "calendar[" + i + "]";
      if (sent.get(i) instanceof ObjectNode entry) {
        times.add(time(fields, at, new Fields(entry)));
      } else {
        fields.violate(at, "is an object");
      }
    }
    return times;
  }

  private static CalendarTime time(Fields fields, String at, Fields entry) {
    CalendarTime time =
        new CalendarTime(
            field(entry, CalendarSyntax.Field.MINUTE, "0"),
            field(entry, CalendarSyntax.Field.HOUR, "0"),
            field(entry, CalendarSyntax.Field.DAY_OF_MONTH, "*"),
            field(entry, CalendarSyntax.Field.MONTH, "*"),
            field(entry, CalendarSyntax.Field.DAY_OF_WEEK, "*"));
    entry
        .violations()
        .forEach(violation -> fields.violate(at + "." + violation.field(), violation.message()));
    return time;
  }

  private static String field(Fields entry, CalendarSyntax.Field field, String otherwise) {
    String sent = entry.text(field.wireName());
    if (sent != null && !CalendarSyntax.valid(field, sent)) {
      entry.violate(field.wireName(), field.rule());
    }
    return sent == null ? otherwise : sent;
  }

  private static String zone(Fields fields) {
    String sent = fields.text("time_zone");
    if (sent == null) {
      return "UTC";
    }
    // Java knows some that IANA's database, and so Temporal, does not.
    if (sent.startsWith("SystemV/") || !ZoneId.getAvailableZoneIds().contains(sent)) {
      fields.violate("time_zone", "is a time zone of IANA's database, such as Europe/Zurich");
    }
    return sent;
  }
}
