package io.tas.dbhub.storage.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.inventory.EmbeddedNeo4j;
import io.tas.dbhub.storage.inventory.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

/** Other tests make databases beside these, so each looks at its own only. */
@ExtendWith(EmbeddedNeo4j.class)
class SchemaAgendaTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int ALL = 1_000_000;

  private final SchemaAgenda agenda;
  private final DatabaseRef database;

  SchemaAgendaTest(Driver driver) {
    agenda = new SchemaAgenda(driver);
    database = Tables.database(driver, Samples.newScope());
  }

  @Test
  void aNewDatabaseIsDueAtOnce() {
    assertThat(due(Instant.now().plusSeconds(1))).hasSize(1);
    assertThat(due(Instant.now().minusSeconds(3600))).isEmpty();
  }

  @Test
  void whatWasBegunIsDueAgainWhenTheIntervalIsOverATenthMoreOrLess() {
    Instant now = Instant.now().plusSeconds(1);

    agenda.postpone(due(now), now, DAY);

    assertThat(due(now.plus(Duration.ofMinutes(21 * 60 + 35)))).isEmpty();
    assertThat(due(now.plus(Duration.ofMinutes(26 * 60 + 25)))).hasSize(1);
  }

  @Test
  void whatFailedWhileItWasBegunKeepsItsOwnTime() {
    Instant now = Instant.now().plusSeconds(1);
    List<SchemaAgenda.Due> begun = due(now);

    agenda.set(database, now.plus(Duration.ofHours(1)));
    agenda.postpone(begun, now, DAY);

    assertThat(due(now.plus(Duration.ofMinutes(59)))).isEmpty();
    assertThat(due(now.plus(Duration.ofMinutes(61)))).hasSize(1);
  }

  @Test
  void theLimitTakesThoseThatHaveWaitedLongest() {
    agenda.set(database, Instant.EPOCH);

    assertThat(agenda.due(Instant.EPOCH, 1))
        .extracting(SchemaAgenda.Due::database)
        .containsExactly(database);
  }

  @Test
  void nobodySetsTheTimeOfAnotherTenantsDatabase() {
    Instant now = Instant.now().plusSeconds(1);

    agenda.set(
        new DatabaseRef(database.id(), new Scope("somebody", "else")),
        now.plus(Duration.ofDays(9)));

    assertThat(due(now)).hasSize(1);
  }

  private List<SchemaAgenda.Due> due(Instant now) {
    return agenda.due(now, ALL).stream().filter(each -> each.database().equals(database)).toList();
  }
}
