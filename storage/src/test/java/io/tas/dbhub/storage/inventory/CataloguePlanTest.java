package io.tas.dbhub.storage.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;
import org.neo4j.driver.summary.Plan;

/** No statement of the catalogue looks through all nodes of a kind. */
@ExtendWith(EmbeddedNeo4j.class)
class CataloguePlanTest {
  private static final List<String> CLASSES =
      List.of(
          "CatalogNode",
          "CatalogWriter",
          "CatalogueRemoval",
          "ChangeNodes",
          "RelatedTables",
          "TableGraph",
          "TableListing",
          "TableSearch",
          "TableWriter",
          "VersionListing",
          "VersionWriter");

  @Test
  void everyStatementBeginsInAnIndex(Driver driver) throws Exception {
    List<String> statements =
        Stream.concat(
                CypherScopeTest.statements().entrySet().stream()
                    .filter(
                        statement ->
                            CLASSES.contains(statement.getKey().replaceFirst(": (?s).*", "")))
                    .map(statement -> statement.getValue())
                    .filter(text -> !text.contains("%s")),
                CatalogueRemoval.statements().stream())
            .toList();

    assertThat(statements).hasSizeGreaterThan(40);
    for (String statement : statements) {
      Plan plan = driver.executableQuery("EXPLAIN " + statement).execute().summary().plan();
      assertThat(plans(plan).map(Plan::operatorType))
          .as(statement)
          .noneMatch(operator -> operator.contains("Scan"));
    }
  }

  @Test
  void pagesAreReadInTheOrderOfAnIndex(Driver driver) throws Exception {
    List<String> pages =
        CypherScopeTest.statements().entrySet().stream()
            .filter(
                statement ->
                    statement.getKey().matches("(?s)(TableListing|VersionListing): .*ORDER BY.*"))
            .map(statement -> statement.getValue())
            .toList();

    assertThat(pages).hasSize(4);
    for (String page : pages) {
      Plan plan = driver.executableQuery("EXPLAIN " + page).execute().summary().plan();
      assertThat(plans(plan).map(Plan::operatorType))
          .as(page)
          .noneMatch(operator -> operator.contains("Sort") || operator.contains("Top"));
    }
  }

  private static Stream<? extends Plan> plans(Plan plan) {
    return Stream.concat(
        Stream.of(plan), plan.children().stream().flatMap(CataloguePlanTest::plans));
  }
}
