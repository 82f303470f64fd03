package io.tas.dbhub.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.schedule.CalendarSyntax.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarSyntaxTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MINUTE; *",
        "MINUTE; 0",
        "MINUTE; 59",
        "MINUTE; */15",
        "MINUTE; 0,30",
        "MINUTE; 5-50/5",
        "HOUR; 23",
        "DAY_OF_MONTH; 31",
        "MONTH; jan",
        "MONTH; JAN-MAR,12",
        "DAY_OF_WEEK; mon-fri",
        "DAY_OF_WEEK; 0",
        "DAY_OF_WEEK; sun"
      })
  void whatCronKnowsIsAField(Field field, String text) {
    assertThat(CalendarSyntax.valid(field, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MINUTE; ''",
        "MINUTE; 60",
        "MINUTE; -1",
        "MINUTE; 5/15",
        "MINUTE; */0",
        "MINUTE; 30-5",
        "MINUTE; 1,",
        "MINUTE; ,1",
        "MINUTE; 1 2",
        "MINUTE; jan",
        "MINUTE; *-5",
        "MINUTE; 001",
        "HOUR; 24",
        "DAY_OF_MONTH; 0",
        "DAY_OF_MONTH; L",
        "DAY_OF_WEEK; 7",
        "DAY_OF_WEEK; monday",
        "MONTH; 13",
        "MONTH; feb-jan",
        "MINUTE; @every 1s"
      })
  void allElseIsNone(Field field, String text) {
    assertThat(CalendarSyntax.valid(field, text)).isFalse();
  }

  @Test
  void aFieldHasAnEnd() {
    assertThat(CalendarSyntax.valid(Field.MINUTE, "1,".repeat(200) + "1")).isFalse();
  }

  @Test
  void anExpressionIsItsFiveFields() {
    assertThat(CalendarSyntax.cron(" 30  2 * * mon-fri "))
        .contains(new CalendarTime("30", "2", "*", "*", "mon-fri"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "@daily",
        "@every 1s",
        "CRON_TZ=UTC 0 0 * * *",
        "60 0 * * *"
      })
  void whatOnlySomeCronsKnowIsNone(String text) {
    assertThat(CalendarSyntax.cron(text)).isEmpty();
  }
}
