package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.model.Scope;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.EagerResult;
import org.neo4j.driver.QueryConfig;
import org.neo4j.driver.RoutingControl;

/**
 * The baseline: the page as one would write it down first, asked of the same Neo4j over its driver.
 * It has an index that finds the space's databases, sorts them all, neither counts them nor goes
 * through REST.
 */
final class NaiveListing {
  private static final String PAGE =
      """
      MATCH (d:Database)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id AND d.name IS NOT NULL
        AND d.status STARTS WITH $status AND d.labels CONTAINS $label
      RETURN d ORDER BY d.created_at DESC SKIP $skip LIMIT $limit""";

  private final Driver driver;

  NaiveListing(Driver driver) {
    this.driver = driver;
  }

  /**
   * @param status empty for any
   * @param label in JSON, as the node holds it; empty for any
   * @return how many databases the page has
   */
  int get(Scope scope, String status, String label, int skip, int limit) {
    EagerResult page =
        driver
            .executableQuery(PAGE)
            .withParameters(
                Map.of(
                    "tenant_id", scope.tenantId(),
                    "space_id", scope.spaceId(),
                    "status", status,
                    "label", label,
                    "skip", skip,
                    "limit", limit))
            .withConfig(QueryConfig.builder().withRouting(RoutingControl.READ).build())
            .execute();
    return page.records().size();
  }
}
