package io.tas.dbhub.storage.catalogue;

import static io.tas.dbhub.storage.catalogue.Tables.NOON;
import static io.tas.dbhub.storage.catalogue.Tables.shown;
import static io.tas.dbhub.storage.catalogue.Tables.sync;
import static io.tas.dbhub.storage.catalogue.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.SchemaDifference;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableChange;
import io.tas.dbhub.storage.inventory.EmbeddedNeo4j;
import io.tas.dbhub.storage.inventory.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class VersionsTest {
  private static final SchemaTable ORDERS = table("orders", "id", "total");
  private static final SchemaTable ALTERED = table("orders", "id", "total", "vat");
  private static final SchemaTable PEOPLE = table("people", "id", "name");
  private static final SchemaTable NEW = table("new", "id");
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final ChangeTotals ONE_OF_EACH = new ChangeTotals(1, 1, 1);

  private final Scope scope = Samples.newScope();
  private SchemaCatalogue catalogue;
  private DatabaseRef database;

  @BeforeEach
  void makeDatabase(Driver driver) {
    catalogue = Tables.catalogue(driver);
    database = Tables.database(driver, scope);
    sync(catalogue, database, NOON, ORDERS, PEOPLE);
  }

  @Test
  void aVersionTellsWhatBecameOfWhichTable() {
    sync(catalogue, database, LATER, ALTERED, NEW);

    assertThat(versions())
        .containsExactly(
            applied(2, LATER, false, ONE_OF_EACH),
            applied(1, NOON, true, new ChangeTotals(2, 0, 0)));
    assertThat(changes(2))
        .containsExactly(
            TableChange.added(NEW.name()),
            SchemaDifference.between(ORDERS, ALTERED),
            TableChange.removed(PEOPLE.name()));
    assertThat(changes(1)).isEmpty();
    assertThat(changes(3)).isEmpty();
  }

  @Test
  void aVersionThatIsBeingWrittenIsNotTold() {
    Pen pen = catalogue.take(database, "one");
    SchemaVersionRef version = catalogue.open(pen, "run", LATER);
    catalogue.write(pen, version, List.of(NEW));

    assertThat(versions()).hasSize(1);
    assertThat(changes(version.number())).isEmpty();
  }

  @Test
  void versionsAreFoundByTimeAndInPages() {
    for (int i = 1; i < 6; i++) {
      sync(catalogue, database, NOON.plusSeconds(i), i % 2 == 0 ? ORDERS : ALTERED);
    }

    List<Long> numbers = new ArrayList<>();
    String cursor = null;
    do {
      VersionPage page = catalogue.versions(scope, database.id(), null, null, 2, cursor);
      page.versions().forEach(version -> numbers.add(version.number()));
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(numbers).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(
            catalogue
                .versions(scope, database.id(), NOON.plusSeconds(2), NOON.plusSeconds(4), 10, null)
                .versions())
        .extracting(SchemaVersion::number)
        .containsExactly(4L, 3L);
    assertThatThrownBy(() -> catalogue.versions(scope, database.id(), null, null, 2, "Y3g"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void changesComeInPages() {
    SchemaTable[] many =
        IntStream.range(0, 25).mapToObj(i -> table("t" + i, "id")).toArray(SchemaTable[]::new);
    sync(catalogue, database, LATER, many);

    List<TableChange> all = new ArrayList<>();
    String cursor = null;
    do {
      ChangePage page = catalogue.changes(scope, database.id(), 2, 4, cursor);
      all.addAll(page.changes());
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(all).isEqualTo(changes(2)).hasSize(27).doesNotHaveDuplicates();
  }

  @Test
  void anotherScopeSeesNoVersions() {
    sync(catalogue, database, LATER, ALTERED);
    Scope other = Samples.newScope();

    assertThat(catalogue.versions(other, database.id(), null, null, 10, null).versions()).isEmpty();
    assertThat(catalogue.changes(other, database.id(), 2, 10, null).changes()).isEmpty();
  }

  @Test
  void whatIsProposedWaitsAndChangesNoTable() {
    Pen pen = propose("digest", ALTERED, NEW);

    assertThat(state().awaiting()).isEqualTo(new SchemaState.Awaiting(2, "digest"));
    assertThat(state().drift()).isEqualTo(new SchemaState.Drift(ONE_OF_EACH, LATER));
    assertThat(shown(catalogue, database, null)).containsExactly(ORDERS, PEOPLE);
    assertThat(versions().get(0).state()).isEqualTo(VersionState.AWAITING);
    assertThat(versions().get(0).totals()).isEqualTo(ONE_OF_EACH);
    assertThat(changes(2))
        .containsExactly(
            TableChange.added(NEW.name()),
            SchemaDifference.between(ORDERS, ALTERED),
            TableChange.removed(PEOPLE.name()));
    assertThat(catalogue.stored(pen).tables()).containsOnlyKeys(ORDERS.name(), PEOPLE.name());
  }

  @Test
  void whatWaitsIsNotProposedTwice() {
    propose("digest", ALTERED, NEW);
    List<SchemaVersion> before = versions();

    propose("digest", ALTERED, NEW);

    assertThat(versions()).isEqualTo(before);
    assertThat(changes(2)).hasSize(3);
  }

  @Test
  void somethingElseReplacesWhatWaits() {
    propose("digest", ALTERED, NEW);
    Pen dead = catalogue.take(database, "dead");
    catalogue.proposed(
        dead, catalogue.propose(dead, "run", "lost", LATER), List.of(NEW), List.of());
    assertThat(state().awaiting()).isEqualTo(new SchemaState.Awaiting(2, "digest"));
    assertThat(changes(3)).isEmpty();

    propose("other", ORDERS, PEOPLE, NEW);

    assertThat(state().awaiting()).isEqualTo(new SchemaState.Awaiting(4, "other"));
    assertThat(states()).containsExactly("4 awaiting", "2 replaced", "1 applied");
    assertThat(changes(4)).containsExactly(TableChange.added(NEW.name()));
    assertThat(changes(3)).isEmpty();
  }

  @Test
  void whatADeadAttemptProposedIsGoneOnWith() {
    Pen dead = catalogue.take(database, "dead");
    SchemaVersionRef begun = catalogue.propose(dead, "run", "digest", LATER);
    catalogue.proposed(dead, begun, List.of(NEW), List.of());

    propose("digest", ALTERED, NEW);

    assertThat(states()).containsExactly("2 awaiting", "1 applied");
    assertThat(changes(2)).hasSize(3);
  }

  @Test
  void whatADeadAttemptProposedOfAnEarlierStateIsNotGoneOnWith() {
    Pen dead = catalogue.take(database, "dead");
    SchemaVersionRef begun = catalogue.propose(dead, "run", "digest", LATER);
    catalogue.proposed(dead, begun, List.of(NEW), List.of());
    sync(catalogue, database, LATER.plusSeconds(60), ORDERS, PEOPLE, NEW);

    propose("digest", ALTERED, NEW);

    assertThat(changes(state().awaiting().version()))
        .extracting(TableChange::name)
        .containsExactly(ORDERS.name(), PEOPLE.name());
    assertThat(changes(begun.number())).isEmpty();
  }

  @Test
  void whatIsAppliedWasApproved() {
    propose(Tables.digest(ALTERED, NEW), ALTERED, NEW);

    sync(catalogue, database, LATER.plusSeconds(60), ALTERED, NEW);

    assertThat(states()).containsExactly("3 applied", "2 approved", "1 applied");
    assertThat(state().awaiting()).isNull();
    assertThat(state().drift()).isNull();
    assertThat(shown(catalogue, database, LATER.plusSeconds(59))).containsExactly(ORDERS, PEOPLE);
  }

  @Test
  void aTargetThatIsAsBeforeReplacesWhatWaits() {
    Pen pen = propose("digest", ALTERED, NEW);

    catalogue.unchanged(pen, LATER.plusSeconds(60));

    assertThat(states()).containsExactly("2 replaced", "1 applied");
    assertThat(state().awaiting()).isNull();
    assertThat(state().drift()).isNull();
  }

  @Test
  void whatIsRejectedIsRemembered() {
    Pen pen = propose("digest", ALTERED, NEW);
    SchemaVersionRef waiting = new SchemaVersionRef(2, LATER, false);

    catalogue.reject(pen, waiting, "ada", "not before Monday", LATER.plusSeconds(5));
    catalogue.reject(pen, waiting, "bob", "again", LATER.plusSeconds(6));

    assertThat(versions().get(0))
        .isEqualTo(
            new SchemaVersion(
                2,
                LATER,
                "run",
                VersionState.REJECTED,
                false,
                ONE_OF_EACH,
                "ada",
                LATER.plusSeconds(5),
                "not before Monday"));
    assertThat(state().rejectedDigest()).isEqualTo("digest");
    assertThat(state().awaiting()).isNull();
  }

  @Test
  void whatIsIgnoredIsCountedSinceItWasFirstSeen() {
    Pen pen = catalogue.take(database, "one");

    catalogue.ignored(pen, ONE_OF_EACH, LATER);
    catalogue.ignored(pen, new ChangeTotals(2, 0, 0), LATER.plusSeconds(60));

    assertThat(state().drift()).isEqualTo(new SchemaState.Drift(new ChangeTotals(2, 0, 0), LATER));
    assertThat(state().syncedAt()).isEqualTo(NOON);
    assertThat(state().checkedAt()).isEqualTo(LATER.plusSeconds(60));
    assertThat(versions()).hasSize(1);
    catalogue.unchanged(pen, LATER.plusSeconds(120));
    assertThat(state().drift()).isNull();
  }

  private Pen propose(String digest, SchemaTable... wanted) {
    Pen pen = catalogue.take(database, "proposer");
    SchemaVersionRef version = catalogue.propose(pen, "run", digest, LATER);
    List<SchemaTable> changed =
        List.of(wanted).stream().filter(table -> !List.of(ORDERS, PEOPLE).contains(table)).toList();
    boolean gone = !List.of(wanted).contains(PEOPLE);
    catalogue.proposed(pen, version, changed, gone ? List.of(PEOPLE.name()) : List.of());
    ChangeTotals totals = gone ? ONE_OF_EACH : new ChangeTotals(1, 0, 0);
    catalogue.await(pen, version, totals, LATER);
    catalogue.await(pen, version, totals, LATER);
    return pen;
  }

  private static SchemaVersion applied(
      long number, Instant foundAt, boolean initial, ChangeTotals totals) {
    return new SchemaVersion(
        number, foundAt, "run", VersionState.APPLIED, initial, totals, null, null, null);
  }

  private List<String> states() {
    return versions().stream()
        .map(version -> version.number() + " " + version.state().wireName())
        .toList();
  }

  private List<SchemaVersion> versions() {
    return catalogue.versions(scope, database.id(), null, null, 100, null).versions();
  }

  private List<TableChange> changes(long version) {
    return catalogue.changes(scope, database.id(), version, 1000, null).changes();
  }

  private SchemaState state() {
    return catalogue.state(scope, database.id()).orElseThrow();
  }
}
