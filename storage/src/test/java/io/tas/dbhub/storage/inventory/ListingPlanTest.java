package io.tas.dbhub.storage.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.Driver;
import org.neo4j.driver.summary.ProfiledPlan;

/** Reads the plans: what a page costs must not depend on how many databases there are. */
@ExtendWith(EmbeddedNeo4j.class)
class ListingPlanTest {
  private static final int PAGE = 10;
  private static final Scope SCOPE = Samples.newScope();

  @BeforeAll
  static void fill(Driver driver) {
    DatabaseInventory inventory = Samples.inventory(driver, Clock.systemUTC());
    for (int i = 0; i < 3 * PAGE; i++) {
      for (Scope scope : new Scope[] {SCOPE, Samples.newScope()}) {
        Samples.create(
            inventory,
            Samples.definition(scope, "name " + i, DatabaseType.MYSQL, Map.of("env", "prod")));
      }
    }
  }

  static Stream<ListStatement> ordered() {
    return ListStatement.all().filter(statement -> statement.by() != ListStatement.By.LABEL);
  }

  @ParameterizedTest
  @MethodSource("ordered")
  void aPageIsReadInTheOrderOfAnIndexAndNoFurther(ListStatement statement, Driver driver) {
    ProfiledPlan plan = profile(driver, statement.page(), statement);

    assertThat(operators(plan))
        .noneMatch(operator -> operator.contains("Sort") || operator.contains("Top"))
        .noneMatch(operator -> operator.contains("Union") || operator.contains("Scan"));
    assertThat(leaf(plan).operatorType()).startsWith("NodeIndexSeek");
    assertThat(leaf(plan).records()).isEqualTo(PAGE);
  }

  /** Any value of a label is many orders in one index: the keys are sorted, never the nodes. */
  @ParameterizedTest
  @MethodSource("io.tas.dbhub.storage.inventory.ListStatement#all")
  void nodesAreFetchedForThePageOnly(ListStatement statement, Driver driver) {
    ProfiledPlan plan = profile(driver, statement.page(), statement);

    assertThat(leaf(plan).operatorType()).startsWith("NodeIndexSeek");
    assertThat(plans(plan).filter(step -> step.operatorType().startsWith("Filter")))
        .allMatch(step -> step.dbHits() == 0, "filters by what the index holds");
  }

  @ParameterizedTest
  @MethodSource("io.tas.dbhub.storage.inventory.ListStatement#all")
  void countingReadsAnIndexOfTheScopeAlone(ListStatement statement, Driver driver) {
    ProfiledPlan plan = profile(driver, statement.count(), statement);

    assertThat(leaf(plan).operatorType()).startsWith("NodeIndexSeek");
    assertThat(leaf(plan).records()).isEqualTo(3 * PAGE);
  }

  @Test
  void countingAllReadsAnIndexOfTheScopeAlone(Driver driver) {
    ListStatement statement = new ListStatement(Sort.NAME_ASC, ListStatement.By.SCOPE);
    ProfiledPlan plan = profile(driver, ListStatement.countAll(), statement);

    assertThat(leaf(plan).operatorType()).startsWith("NodeUniqueIndexSeek");
    assertThat(leaf(plan).records()).isEqualTo(3 * PAGE);
    assertThat(leaf(plan).dbHits()).isEqualTo(3 * PAGE + 1);
  }

  @Test
  void whatIsHiddenIsLookedForAmongWhatNotEverybodySees(Driver driver) {
    DatabaseInventory inventory = Samples.inventory(driver, Clock.systemUTC());
    Scope scope = Samples.newScope();
    for (int i = 0; i < PAGE; i++) {
      Database made = Samples.create(inventory, Samples.definition(scope, "name " + i));
      if (i < 3) {
        inventory.replaceGrants(scope, made.id(), List.of(), 0);
      }
    }

    ProfiledPlan plan =
        driver
            .executableQuery("PROFILE " + ListStatement.hidden())
            .withParameters(
                Map.of(
                    "tenant_id", scope.tenantId(),
                    "space_id", scope.spaceId(),
                    "subject", "bob",
                    "held", GrantMapper.texts(Set.of("user:bob", "role:viewer"))))
            .execute()
            .summary()
            .profile();

    assertThat(leaf(plan).operatorType()).startsWith("NodeIndexSeek");
    assertThat(leaf(plan).records()).isEqualTo(3);
  }

  private static ProfiledPlan profile(Driver driver, String text, ListStatement statement) {
    ListQuery query =
        new ListQuery(1, PAGE - 1, null, null, "env", "prod", null, statement.sort(), null);
    return driver
        .executableQuery("PROFILE " + text)
        .withParameters(DatabaseListing.parameters(SCOPE, query, List.of(), null))
        .execute()
        .summary()
        .profile();
  }

  private static Stream<String> operators(ProfiledPlan plan) {
    return plans(plan).map(ProfiledPlan::operatorType);
  }

  private static Stream<ProfiledPlan> plans(ProfiledPlan plan) {
    return Stream.concat(Stream.of(plan), plan.children().stream().flatMap(ListingPlanTest::plans));
  }

  private static ProfiledPlan leaf(ProfiledPlan plan) {
    return plan.children().isEmpty() ? plan : leaf(plan.children().get(0));
  }
}
