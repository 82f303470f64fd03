package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.schedule.CalendarTime;
import io.tas.dbhub.core.schedule.OverlapPolicy;
import io.tas.dbhub.core.schedule.ScheduleDefinition;
import io.tas.dbhub.core.schedule.ScheduleKind;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.core.schedule.Webhook;
import io.temporal.api.schedule.v1.ScheduleInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as REST shows it.
 *
 * @param actsFor whose rights its runs have: of whom made or changed it last, as they were then
 * @param missed runs that were due while Temporal was down, longer ago than the catch-up window
 * @param skipped runs that were due while the one before was going
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Schedule")
public record ScheduleView(
    String id,
    @Schema(example = "nightly schemas") String name,
    @Schema(
            implementation = String.class,
            allowableValues = {"sync", "test", "query"})
        ScheduleKind kind,
    ScheduleTargetView target,
    @Nullable ScheduledQueryView query,
    QueryFields.@Nullable WebhookBody webhook,
    @Schema(description = "Of the webhook, once: in the answer to the request that made it")
        @Nullable String webhookSecret,
    @Nullable String cron,
    @Nullable Integer intervalSeconds,
    @Nullable List<CalendarView> calendar,
    String timeZone,
    int jitterSeconds,
    @Schema(
            implementation = String.class,
            allowableValues = {
              "skip",
              "buffer_one",
              "cancel_other",
              "terminate_other",
              "allow_all"
            })
        OverlapPolicy overlap,
    int catchupWindowSeconds,
    boolean pauseOnFailure,
    boolean paused,
    String note,
    String createdBy,
    String actsFor,
    Instant createdAt,
    long missed,
    long skipped,
    List<Instant> nextRuns,
    @Schema(description = "The last ones, latest first; a run shows a moment after it began")
        List<ScheduleRunView> runs) {

  /** Times at which all of these match. */
  @Schema(name = "ScheduleTime")
  public record CalendarView(
      String minute, String hour, String dayOfMonth, String month, String dayOfWeek) {
    static CalendarView of(CalendarTime time) {
      return new CalendarView(
          time.minute(), time.hour(), time.dayOfMonth(), time.month(), time.dayOfWeek());
    }
  }

  private static QueryFields.@Nullable WebhookBody webhook(@Nullable ScheduledQuery query) {
    Webhook webhook = query == null ? null : query.webhook();
    return webhook == null ? null : new QueryFields.WebhookBody(webhook.url());
  }

  /** The same for who made the webhook. */
  ScheduleView with(@Nullable String secret) {
    return new ScheduleView(
        id,
        name,
        kind,
        target,
        query,
        webhook,
        secret,
        cron,
        intervalSeconds,
        calendar,
        timeZone,
        jitterSeconds,
        overlap,
        catchupWindowSeconds,
        pauseOnFailure,
        paused,
        note,
        createdBy,
        actsFor,
        createdAt,
        missed,
        skipped,
        nextRuns,
        runs);
  }

  /**
   * @param seen the databases of it that the reader sees
   */
  static ScheduleView of(StoredSchedule schedule, Set<String> seen, List<ScheduleRunView> runs) {
    ScheduleDefinition definition = schedule.request().definition();
    ScheduleInfo info = schedule.info();
    List<CalendarView> calendar =
        definition.timing().calendar().stream().map(CalendarView::of).toList();
    return new ScheduleView(
        schedule.id(),
        definition.name(),
        definition.kind(),
        ScheduleTargetView.of(definition.target(), seen),
        ScheduledQueryView.of(definition.query()),
        webhook(definition.query()),
        null,
        definition.timing().cron(),
        definition.timing().intervalSeconds(),
        calendar.isEmpty() ? null : calendar,
        definition.timing().timeZone(),
        definition.timing().jitterSeconds(),
        definition.overlap(),
        definition.catchupWindowSeconds(),
        definition.pauseOnFailure(),
        schedule.schedule().getState().getPaused(),
        schedule.schedule().getState().getNotes(),
        schedule.createdBy(),
        schedule.request().standing().subject(),
        ScheduleProtos.instant(info.getCreateTime()),
        info.getMissedCatchupWindow(),
        info.getOverlapSkipped(),
        info.getFutureActionTimesList().stream().map(ScheduleProtos::instant).toList(),
        runs);
  }
}
