package io.tas.dbhub.storage.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.Driver;

@ExtendWith(EmbeddedNeo4j.class)
class ListingTest {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
  private static final Comparator<Database> BY_NAME =
      Comparator.comparing(database -> database.definition().name());
  private static final Comparator<Database> BY_CREATION =
      Comparator.comparing(Database::createdAt).thenComparing(Database::id);

  private final Scope scope = Samples.newScope();
  private final List<Database> all = new ArrayList<>();
  private Driver driver;
  private DatabaseInventory inventory;

  @BeforeEach
  void openInventory(Driver driver) {
    this.driver = driver;
    this.inventory = Samples.inventory(driver, Clock.systemUTC());
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void pagesByNumberAndByCursorAreTheWholeInOrder(Sort sort) {
    fillWithPairsOfOneMoment();
    Comparator<Database> order = sort.byName() ? BY_NAME : BY_CREATION;
    all.sort(sort.descending() ? order.reversed() : order);

    List<Database> byNumber = new ArrayList<>();
    List<Database> byCursor = new ArrayList<>();
    @Nullable String cursor = null;
    for (int page = 1; page <= 4; page++) {
      ListQuery query = new ListQuery(page, 3, null, null, null, null, null, sort, null);
      byNumber.addAll(inventory.list(scope, Onlooker.ofEverything(), query).databases());
      DatabasePage next = inventory.list(scope, Onlooker.ofEverything(), query.after(cursor));
      assertThat(next.total()).isEqualTo(10);
      byCursor.addAll(next.databases());
      cursor = next.nextCursor();
    }

    assertThat(cursor).isNull();
    assertThat(byNumber).isEqualTo(all);
    assertThat(byCursor).isEqualTo(all);
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void pagesOfALabelAreInOrderToo(Sort sort) {
    fillWithPairsOfOneMoment();
    Comparator<Database> order = sort.byName() ? BY_NAME : BY_CREATION;
    List<Database> odd =
        all.stream()
            .filter(database -> "odd".equals(database.definition().labels().get("parity")))
            .sorted(sort.descending() ? order.reversed() : order)
            .toList();

    for (@Nullable String value : new String[] {"odd", null}) {
      ListQuery query = new ListQuery(1, 3, null, null, "parity", value, null, sort, null);
      DatabasePage first = inventory.list(scope, Onlooker.ofEverything(), query);
      DatabasePage second =
          inventory.list(scope, Onlooker.ofEverything(), query.after(first.nextCursor()));
      List<Database> both = new ArrayList<>(first.databases());
      both.addAll(second.databases());
      List<Database> expected = value == null ? sorted(all, sort) : odd;
      assertThat(first.total()).isEqualTo(expected.size());
      assertThat(second.total()).isEqualTo(expected.size());
      assertThat(both).isEqualTo(expected.subList(0, Math.min(6, expected.size())));
    }
  }

  @Test
  void filtersApplyTogether() {
    Database failed = create("Sales", DatabaseType.MYSQL, Map.of("env", "prod"));
    inventory.recordHealth(Samples.health(failed, DatabaseStatus.FAILED, "down", NOON));
    create("sales archive", DatabaseType.MYSQL, Map.of("env", "test"));
    create("people", DatabaseType.POSTGRES, Map.of("env", "prod"));

    assertThat(names(filter(DatabaseStatus.FAILED, null, null, null, null))).containsOnly("Sales");
    assertThat(names(filter(null, DatabaseType.POSTGRES, null, null, null))).containsOnly("people");
    assertThat(names(filter(null, null, "env", "prod", null))).containsOnly("Sales", "people");
    assertThat(names(filter(null, null, "env", null, null))).hasSize(3);
    assertThat(names(filter(null, null, "team", null, null))).isEmpty();
    assertThat(names(filter(null, null, null, null, "SALES")))
        .containsOnly("Sales", "sales archive");
    assertThat(names(filter(DatabaseStatus.PENDING, DatabaseType.MYSQL, "env", "test", "archive")))
        .containsOnly("sales archive");
    assertThat(names(filter(DatabaseStatus.FAILED, null, "env", "test", null))).isEmpty();
  }

  @Test
  void cypherInAFilterIsText() {
    create("plain", DatabaseType.MYSQL, Map.of());

    String attack = "' OR 1=1 RETURN d //";
    assertThat(names(filter(null, null, null, null, attack))).isEmpty();
    assertThat(names(filter(null, null, attack, attack, null))).isEmpty();
  }

  @Test
  void otherScopesAreNeverListed() {
    create("mine", DatabaseType.MYSQL, Map.of("env", "prod"));
    Scope neighbour = new Scope(scope.tenantId(), "other");

    assertThat(inventory.list(neighbour, Onlooker.ofEverything(), ListQuery.page(1, 10)).total())
        .isZero();
    assertThat(
            inventory
                .list(neighbour, Onlooker.ofEverything(), filter(null, null, "env", "prod", null))
                .databases())
        .isEmpty();
    assertThat(
            inventory
                .list(Samples.newScope(), Onlooker.ofEverything(), ListQuery.page(1, 10))
                .databases())
        .isEmpty();
  }

  @Test
  void aPageBehindTheEndIsEmptyAndKnowsTheTotal() {
    create("one", DatabaseType.MYSQL, Map.of());

    DatabasePage page = inventory.list(scope, Onlooker.ofEverything(), ListQuery.page(7, 10));

    assertThat(page.databases()).isEmpty();
    assertThat(page.total()).isEqualTo(1);
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void aDeletedDatabaseLeavesEveryListing() {
    Database gone = create("gone", DatabaseType.MYSQL, Map.of("env", "prod"));
    inventory.delete(gone.definition().ref());

    assertThat(names(ListQuery.page(1, 10))).isEmpty();
    assertThat(names(filter(null, null, "env", "prod", null))).isEmpty();
  }

  @Test
  void aCursorOfAnotherListingOrAChangedOneIsRefused() {
    create("one", DatabaseType.MYSQL, Map.of());
    create("two", DatabaseType.MYSQL, Map.of());
    ListQuery query = ListQuery.page(1, 1);
    String cursor = inventory.list(scope, Onlooker.ofEverything(), query).nextCursor();
    assertThat(cursor).isNotNull();
    String changed = (cursor.charAt(0) == 'A' ? 'B' : 'A') + cursor.substring(1);

    for (String wrong : List.of("", "!", "AAAA", changed, cursor + "AAAA")) {
      assertThatThrownBy(() -> inventory.list(scope, Onlooker.ofEverything(), query.after(wrong)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> inventory.list(Samples.newScope(), Onlooker.ofEverything(), query.after(cursor)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                inventory.list(
                    scope,
                    Onlooker.ofEverything(),
                    filter(DatabaseStatus.FAILED, null, null, null, null).after(cursor)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Ten databases, two of each moment, half of them labelled odd. */
  private void fillWithPairsOfOneMoment() {
    for (int i = 0; i < 10; i++) {
      Clock clock = Clock.fixed(NOON.plusMillis(i / 2), ZoneOffset.UTC);
      all.add(
          Samples.create(
              Samples.inventory(driver, clock),
              Samples.definition(
                  scope,
                  "name " + (i * 7) % 10,
                  DatabaseType.POSTGRES,
                  Map.of("parity", i % 2 == 0 ? "even" : "odd"))));
    }
  }

  private static List<Database> sorted(List<Database> databases, Sort sort) {
    Comparator<Database> order = sort.byName() ? BY_NAME : BY_CREATION;
    return databases.stream().sorted(sort.descending() ? order.reversed() : order).toList();
  }

  private Database create(String name, DatabaseType type, Map<String, String> labels) {
    return Samples.create(inventory, Samples.definition(scope, name, type, labels));
  }

  private List<String> names(ListQuery query) {
    DatabasePage page = inventory.list(scope, Onlooker.ofEverything(), query);
    assertThat(page.total()).isEqualTo(page.databases().size());
    return page.databases().stream().map(database -> database.definition().name()).toList();
  }

  private static ListQuery filter(
      @Nullable DatabaseStatus status,
      @Nullable DatabaseType type,
      @Nullable String labelKey,
      @Nullable String labelValue,
      @Nullable String text) {
    return new ListQuery(
        1, 10, status, type, labelKey, labelValue, text, Sort.CREATED_AT_DESC, null);
  }
}
