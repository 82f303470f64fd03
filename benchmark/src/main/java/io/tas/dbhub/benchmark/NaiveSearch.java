package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.model.Scope;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.QueryConfig;
import org.neo4j.driver.RoutingControl;

/**
 * The baseline: the search as one would write it down first, asked of the same Neo4j. It looks at
 * the names of all columns, knows no second word, no comments and nobody's rights, and puts columns
 * of that very name first.
 */
final class NaiveSearch {
  private static final String SEARCH =
      """
      MATCH (c:SchemaColumn)
      WHERE c.tenant_id = $tenant_id AND c.space_id = $space_id
        AND toLower(c.name) CONTAINS $word
      WITH c ORDER BY toLower(c.name) = $word DESC, c.name LIMIT $limit
      MATCH (c)-[:IN]->(t:SchemaTable)
      RETURN t.schema, t.name, c.name""";

  private final Driver driver;

  NaiveSearch(Driver driver) {
    this.driver = driver;
  }

  int search(Scope scope, String word, int limit) {
    return driver
        .executableQuery(SEARCH)
        .withParameters(
            Map.of(
                "tenant_id",
                scope.tenantId(),
                "space_id",
                scope.spaceId(),
                "word",
                word,
                "limit",
                limit))
        .withConfig(QueryConfig.builder().withRouting(RoutingControl.READ).build())
        .execute()
        .records()
        .size();
  }
}
