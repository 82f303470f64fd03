package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.databases.TargetFields;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Texts;
import io.tas.dbhub.core.schedule.OverlapPolicy;
import io.tas.dbhub.core.schedule.ScheduleDefinition;
import io.tas.dbhub.core.schedule.ScheduleKind;
import io.tas.dbhub.core.schedule.ScheduleTarget;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.core.schedule.Timing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a schedule: all of it, each time.
 *
 * @param paused null where nothing was said of it
 * @param note likewise
 */
record ScheduleFields(
    ScheduleDefinition definition, @Nullable Boolean paused, @Nullable String note) {
  private static final int MAX_NAME = 255;
  static final int MAX_NOTE = 1000;
  private static final int SHORTEST_CATCHUP = 10;
  private static final int LONGEST_CATCHUP = 31_536_000;
  private static final int CATCHUP = 86_400;

  /**
   * @throws ProblemException Invalid, naming every field that breaks a rule
   */
  static ScheduleFields read(ObjectNode body) {
    Fields fields = new Fields(body);
    String name = name(fields);
    ScheduleKind kind = kind(fields);
    ScheduleTarget target = target(fields);
    Timing timing = TimingFields.read(fields, kind);
    OverlapPolicy overlap = overlap(fields);
    Integer catchup = fields.integer("catchup_window_seconds");
    if (catchup != null && (catchup < SHORTEST_CATCHUP || catchup > LONGEST_CATCHUP)) {
      fields.violate(
          "catchup_window_seconds",
          "is a number from %d to %d".formatted(SHORTEST_CATCHUP, LONGEST_CATCHUP));
    }
    ScheduledQuery query = QueryFields.read(fields, kind);
    Boolean pauseOnFailure = fields.bool("pause_on_failure");
    Boolean paused = fields.bool("paused");
    String note = note(fields);
    if (kind == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    return new ScheduleFields(
        new ScheduleDefinition(
            name,
            kind,
            target,
            timing,
            overlap,
            catchup == null ? CATCHUP : catchup,
            Boolean.TRUE.equals(pauseOnFailure),
            query),
        paused,
        note);
  }

  /** The field {@code note}, null where it was not sent. */
  static @Nullable String note(Fields fields) {
    String note = fields.text("note");
    if (note != null && (Texts.length(note) > MAX_NOTE || !Texts.printableLines(note))) {
      fields.violate("note", "has at most " + MAX_NOTE + " characters, all printable");
    }
    return note;
  }

  private static String name(Fields fields) {
    String sent = fields.text("name");
    if (sent == null) {
      fields.require("name");
      return "";
    }
    String name = Texts.canonical(sent);
    if (name.isEmpty() || Texts.length(name) > MAX_NAME || !Texts.printable(name)) {
      fields.violate("name", "has 1 to " + MAX_NAME + " characters, all printable");
    }
    return name;
  }

  private static @Nullable ScheduleKind kind(Fields fields) {
    String sent = fields.text("kind");
    if (sent == null) {
      fields.require("kind");
      return null;
    }
    Optional<ScheduleKind> kind = ScheduleKind.fromWireName(sent);
    if (kind.isEmpty()) {
      fields.violate("kind", "is sync, test or query");
    }
    return kind.orElse(null);
  }

  private static OverlapPolicy overlap(Fields fields) {
    String sent = fields.text("overlap");
    Optional<OverlapPolicy> policy =
        sent == null ? Optional.of(OverlapPolicy.SKIP) : OverlapPolicy.fromWireName(sent);
    if (policy.isEmpty()) {
      fields.violate("overlap", "is skip, buffer_one, cancel_other, terminate_other or allow_all");
    }
    return policy.orElse(OverlapPolicy.SKIP);
  }

  private static ScheduleTarget target(Fields fields) {
    ObjectNode sent = fields.object("target");
    if (sent == null) {
      fields.require("target");
      return ScheduleTarget.everything();
    }
    Fields target = new Fields(sent);
    ScheduleTarget read = target(target, sent.hasNonNull("database_ids"));
    target
        .violations()
        .forEach(violation -> fields.violate("target." + violation.field(), violation.message()));
    return read;
  }

  private static ScheduleTarget target(Fields target, boolean named) {
    List<String> ids = named ? TargetFields.ids(target, ScheduleTarget.MOST_IDS) : List.of();
    Boolean all = target.bool("all");
    TargetFields.Selector selector = TargetFields.selector(target);
    if (named && (selector.selects() || all != null)) {
      target.violate("database_ids", "stands alone");
    } else if (!named && Boolean.TRUE.equals(all) == selector.selects()) {
      target.violate("all", "is true, or there is a type or a label, or there are database_ids");
    }
    return named
        ? ScheduleTarget.of(ids)
        : new ScheduleTarget(
            List.of(), selector.type(), selector.labelKey(), selector.labelValue());
  }

  /** The fields as OpenAPI describes them. */
  @Schema(name = "ScheduleFields")
  record Body(
      @Schema(example = "nightly schemas", maxLength = MAX_NAME) String name,
      @Schema(
              implementation = String.class,
              allowableValues = {"sync", "test", "query"})
          ScheduleKind kind,
      TargetBody target,
      @Schema(description = "What the kind query asks") QueryFields.@Nullable Body query,
      QueryFields.@Nullable WebhookBody webhook,
      @Schema(
              example = "30 2 * * mon-fri",
              description = "Minute, hour, day of month, month, day of week; both days must match")
          @Nullable String cron,
      @Schema(minimum = "60", maximum = "31536000") @Nullable Integer intervalSeconds,
      @ArraySchema(
              maxItems = TimingFields.MOST_CALENDARS,
              schema = @Schema(implementation = CalendarBody.class))
          @Nullable List<CalendarBody> calendar,
      @Schema(example = "Europe/Zurich", defaultValue = "UTC") @Nullable String timeZone,
      @Schema(description = "Up to which a run is late", minimum = "0", maximum = "86400")
          @Nullable Integer jitterSeconds,
      @Schema(
              implementation = String.class,
              allowableValues = {
                "skip",
                "buffer_one",
                "cancel_other",
                "terminate_other",
                "allow_all"
              },
              defaultValue = "skip")
          @Nullable OverlapPolicy overlap,
      @Schema(
              description = "How late a run may be that was due while Temporal was down",
              minimum = "10",
              maximum = "31536000",
              defaultValue = "86400")
          @Nullable Integer catchupWindowSeconds,
      @Schema(defaultValue = "false") @Nullable Boolean pauseOnFailure,
      @Nullable Boolean paused,
      @Schema(maxLength = MAX_NOTE) @Nullable String note) {}

  /** As OpenAPI describes which databases. */
  @Schema(name = "ScheduleTargetFields")
  record TargetBody(
      @ArraySchema(
              maxItems = ScheduleTarget.MOST_IDS,
              arraySchema = @Schema(description = "These, and no others"))
          @Nullable List<String> databaseIds,
      @Schema(description = "Every one that whom the schedule acts for may query")
          @Nullable Boolean all,
      @Schema(
              implementation = String.class,
              allowableValues = {"postgres", "mysql", "mariadb", "sqlserver", "sqlite"})
          @Nullable DatabaseType type,
      @Schema(description = "key, or key=value", example = "team=sales") @Nullable String label) {}

  /** As OpenAPI describes a time. */
  @Schema(name = "ScheduleCalendar")
  record CalendarBody(
      @Schema(defaultValue = "0") @Nullable String minute,
      @Schema(defaultValue = "0", example = "8-18/2") @Nullable String hour,
      @Schema(defaultValue = "*") @Nullable String dayOfMonth,
      @Schema(defaultValue = "*") @Nullable String month,
      @Schema(defaultValue = "*", example = "mon-fri") @Nullable String dayOfWeek) {}
}
