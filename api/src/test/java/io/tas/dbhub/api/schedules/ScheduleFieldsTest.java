package io.tas.dbhub.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.schedule.CalendarTime;
import io.tas.dbhub.core.schedule.OverlapPolicy;
import io.tas.dbhub.core.schedule.QueryParameter;
import io.tas.dbhub.core.schedule.ScheduleDefinition;
import io.tas.dbhub.core.schedule.ScheduleKind;
import io.tas.dbhub.core.schedule.ScheduleTarget;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.core.schedule.Timing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleFieldsTest {
  private static final String ID = "7d1b0f5e-0c1d-4b0e-8a55-0f5a3c2f6f0f";

  @Test
  void everyFieldIsRead() throws JsonProcessingException {
    ScheduleFields fields =
        ScheduleFields.read(
            json(
                """
                {"name": " nightly ", "kind": "test", "target": {"type": "postgres",
                 "label": "team=sales"}, "cron": "30 2 * * mon-fri", "time_zone": "Europe/Zurich",
                 "jitter_seconds": 60, "overlap": "buffer_one", "catchup_window_seconds": 600,
                 "pause_on_failure": true, "paused": true, "note": "not yet"}"""));

    assertThat(fields.definition())
        .isEqualTo(
            new ScheduleDefinition(
                "nightly",
                ScheduleKind.TEST,
                new ScheduleTarget(List.of(), DatabaseType.POSTGRES, "team", "sales"),
                new Timing("30 2 * * mon-fri", null, List.of(), "Europe/Zurich", 60),
                OverlapPolicy.BUFFER_ONE,
                600,
                true,
                null));
    assertThat(fields.paused()).isTrue();
    assertThat(fields.note()).isEqualTo("not yet");
  }

  @Test
  void aSyncForWhichNobodySaysWhenIsDailyAndSpread() throws JsonProcessingException {
    assertThat(read("sync", "\"target\": {\"all\": true}").timing())
        .isEqualTo(Timing.every(86_400, 3_600));
  }

  @Test
  void aCalendarIsMidnightUnlessItSaysOtherwise() throws JsonProcessingException {
    assertThat(
            read("test", "\"target\": {\"all\": true}, \"calendar\": [{}, {\"hour\": \"8-18/2\"}]")
                .timing()
                .calendar())
        .containsExactly(
            new CalendarTime("0", "0", "*", "*", "*"),
            new CalendarTime("0", "8-18/2", "*", "*", "*"));
  }

  @Test
  void whatIsWrongIsNamedAllAtOnce() throws JsonProcessingException {
    assertThat(
            violations(
                """
                {"name": "\\u0000", "kind": "wish", "target": {"database_ids": ["x", "%s", "%s"]},
                 "cron": "@every 1s", "interval_seconds": 59, "calendar": [{"hour": "24"}, 7],
                 "time_zone": "Europe/Atlantis", "jitter_seconds": -1, "overlap": "buffer_all",
                 "catchup_window_seconds": 9, "pause_on_failure": "no", "note": "\\u001b[2J",
                 "what": 1}"""
                    .formatted(ID, ID)))
        .containsExactlyInAnyOrder(
            "name",
            "kind",
            "target.database_ids[0]",
            "target.database_ids[2]",
            "cron",
            "cron",
            "interval_seconds",
            "calendar[0].hour",
            "calendar[1]",
            "time_zone",
            "jitter_seconds",
            "overlap",
            "catchup_window_seconds",
            "pause_on_failure",
            "note",
            "what");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; target.all",
        "{\"all\": false}; target.all",
        "{\"all\": true, \"type\": \"mysql\"}; target.all",
        "{\"type\": \"oracle\"}; target.type",
        "{\"label\": \"team==\"}; target.label",
        "{\"database_ids\": []}; target.database_ids",
        "{\"database_ids\": [\"7d1b0f5e-0c1d-4b0e-8a55-0f5a3c2f6f0f\"], \"all\": true};"
            + " target.database_ids",
        "{\"all\": true, \"sql\": \"x\"}; target.sql"
      })
  void aTargetIsEitherNamedOrSelected(String target, String field) throws JsonProcessingException {
    assertThat(violations("{\"name\": \"n\", \"kind\": \"sync\", \"target\": " + target + "}"))
        .containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"interval_seconds\": 60",
        "\"interval_seconds\": 31536000",
        "\"cron\": \"* * * * *\"",
        "\"cron\": \"0 0 29 feb *\", \"time_zone\": \"America/Argentina/Ushuaia\"",
        "\"calendar\": [{}]"
      })
  void oneWayToSayWhenIsEnough(String timing) throws JsonProcessingException {
    assertThat(read("test", "\"target\": {\"all\": true}, " + timing).kind())
        .isEqualTo(ScheduleKind.TEST);
  }

  @Test
  void whatAQueryAsksIsReadWithItsValuesAsTheyWereWritten() throws JsonProcessingException {
    assertThat(
            read(
                    "query",
                    """
                    "target": {"all": true}, "interval_seconds": 60, "query": {
                      "sql": "SELECT ?, ?, ?", "max_rows": 5, "timeout_seconds": 7, "parameters":
                      [1.25, {"last_success": true, "first": "1970-01-01T00:00:00Z"},
                       {"last_success": true}]}""")
                .query())
        .isEqualTo(
            new ScheduledQuery(
                "SELECT ?, ?, ?",
                List.of(
                    new QueryParameter("1.25", false),
                    new QueryParameter("\"1970-01-01T00:00:00Z\"", true),
                    new QueryParameter("null", true)),
                5,
                7,
                10,
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "query; null; query",
        "test; {\"sql\": \"SELECT 1\"}; query",
        "query; {}; query.sql",
        "query; {\"sql\": \" \"}; query.sql",
        "query; {\"sql\": \"SELECT 1\", \"keep_results\": 51}; query.keep_results",
        "query; {\"sql\": \"SELECT 1\", \"max_rows\": 0}; query.max_rows",
        "query; {\"sql\": \"SELECT 1\", \"what\": 0}; query.what",
        "query; {\"sql\": \"SELECT ?\", \"parameters\": [[1]]}; query.parameters[0]",
        "query; {\"sql\": \"SELECT ?\", \"parameters\": [{\"last_success\": false}]};"
            + " query.parameters[0]",
        "query; {\"sql\": \"SELECT ?\", \"parameters\": [{\"last_success\": true, \"x\": 1}]};"
            + " query.parameters[0]"
      })
  void aQueryBelongsToItsKindAndItsRulesHold(String kind, String query, String field)
      throws JsonProcessingException {
    assertThat(
            violations(
                """
                {"name": "n", "kind": "%s", "target": {"all": true}, "interval_seconds": 60,
                 "query": %s}"""
                    .formatted(kind, query)))
        .containsExactly(field);
  }

  @Test
  void aTextLongerThanAHistoryMayHoldIsRefused() throws JsonProcessingException {
    String start =
        "{\"name\": \"n\", \"kind\": \"query\", \"target\": {\"all\": true},"
            + " \"interval_seconds\": 60, \"query\": {\"sql\": \"";
    assertThat(violations(start + "ä".repeat(40_000) + "\"}}")).containsExactly("query.sql");
    assertThat(violations(start + "SELECT ?\", \"parameters\": [\"" + "x".repeat(20_000) + "\"]}}"))
        .containsExactly("query.parameters");
  }

  private static ScheduleDefinition read(String kind, String more) throws JsonProcessingException {
    return ScheduleFields.read(json("{\"name\": \"n\", \"kind\": \"" + kind + "\", " + more + "}"))
        .definition();
  }

  private static List<String> violations(String body) throws JsonProcessingException {
    ObjectNode sent = json(body);
    return catchThrowableOfType(ProblemException.class, () -> ScheduleFields.read(sent))
        .violations()
        .stream()
        .map(Violation::field)
        .toList();
  }

  private static ObjectNode json(String body) throws JsonProcessingException {
    return (ObjectNode) new ObjectMapper().readTree(body);
  }
}
