package io.tas.dbhub.activities.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MySqlGrantsTest {
  @Test
  void readingRightsAloneAreReadOnly() {
    assertThat(
            MySqlGrants.readOnly(
                List.of(
                    "GRANT USAGE ON *.* TO `r`@`%` IDENTIFIED BY PASSWORD '*0'",
                    "GRANT SELECT, SHOW VIEW ON `shop`.* TO `r`@`%`",
                    "GRANT SELECT (`a, INSERT ON`, `b)`) ON `shop`.`item` TO `r`@`%`")))
        .contains(true);
  }

  @Test
  void aListOfColumnsMayBeOfAnyLength() {
    String names = "`a column`, ".repeat(50_000);
    for (String columns : List.of(names, "c, ".repeat(50_000), "`" + "``".repeat(50_000) + "`, ")) {
      String rights = "SELECT (" + columns + "`b`)";
      assertThat(MySqlGrants.readOnly(List.of("GRANT " + rights + " ON `s`.`t` TO `r`@`%`")))
          .contains(true);
    }
  }

  @Test
  void aListThatNeverEndsIsNotCertain() {
    for (String list : List.of("(", "(`", "(a, ", "(`a`")) {
      String rights = "SELECT " + list.repeat(100_000);
      assertThat(MySqlGrants.readOnly(List.of("GRANT " + rights + " ON `s`.`t` TO `r`@`%`")))
          .isEmpty();
    }
  }

  @Test
  void oneWritingRightIsEnough() {
    assertThat(
            MySqlGrants.readOnly(
                List.of(
                    "GRANT USAGE ON *.* TO `r`@`%`",
                    "GRANT SELECT, UPDATE (`price`) ON `shop`.`item` TO `r`@`%`")))
        .contains(false);
    assertThat(MySqlGrants.readOnly(List.of("GRANT ALL PRIVILEGES ON *.* TO `root`@`%`")))
        .contains(false);
  }

  @Test
  void aRoleOrARightToExecuteIsNotCertain() {
    assertThat(
            MySqlGrants.readOnly(
                List.of("GRANT SELECT ON *.* TO `r`@`%`", "GRANT `writers`@`%` TO `r`@`%`")))
        .isEmpty();
    assertThat(MySqlGrants.readOnly(List.of("GRANT SELECT, EXECUTE ON *.* TO `r`@`%`"))).isEmpty();
  }
}
