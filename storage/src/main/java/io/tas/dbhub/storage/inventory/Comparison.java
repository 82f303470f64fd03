package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Record;

/**
 * What comparing the inventory with Kubernetes reads and writes: over all tenants, for no caller.
 */
final class Comparison {
  private static final String CONNECTIONS =
      """
      MATCH (d:Database)
      WHERE d.id > $after_id
      RETURN d.id AS id, d.tenant_id AS tenant_id, d.space_id AS space_id,
             d.secret_namespace AS secret_namespace, d.secret_name AS secret_name,
             d.crd_namespace AS crd_namespace, d.crd_name AS crd_name, d.origin AS origin
      ORDER BY id LIMIT $limit""";

  /** Who abandoned it, and why, says more than the comparison does; so does when it was first. */
  private static final String SEE =
      """
      UNWIND $leftovers AS left
      MERGE (l:Leftover {tenant_id: left.tenant_id, space_id: left.space_id,
                         database_id: left.database_id, what: left.what})
      ON CREATE SET l.why = left.why, l.found_at = left.found_at, l.origin = $comparison
      SET l.seen_at = $compared_at""";

  private static final String FORGET_FOUND =
      """
      MATCH (l:Leftover)
      WHERE l.origin = $comparison AND l.seen_at < $compared_at
      DELETE l""";

  private static final String FORGET_ABANDONED =
      """
      MATCH (l:Leftover)
      WHERE l.origin = $operation AND l.found_at < $compared_at
        AND NOT EXISTS {
          MATCH (d:Database {id: l.database_id})
          WHERE d.tenant_id = l.tenant_id AND d.space_id = l.space_id
        }
        AND NOT EXISTS {
          MATCH (other:Leftover {tenant_id: l.tenant_id, space_id: l.space_id,
                                 database_id: l.database_id})
          WHERE other.seen_at >= $compared_at
        }
      DELETE l""";

  private final Neo4j neo4j;

  Comparison(Neo4j neo4j) {
    this.neo4j = neo4j;
  }

  List<ConnectionRow> connections(String afterId, int limit) {
    return neo4j.read(
        tx ->
            tx.run(CONNECTIONS, Map.of("after_id", afterId, "limit", limit))
                .list(Comparison::connection));
  }

  void replaceLeftovers(List<Leftover> found, Instant comparedAt) {
    Map<String, Object> parameters =
        Map.of(
            "leftovers",
            LeftoverList.rows(found),
            "compared_at",
            NodeMapper.time(comparedAt),
            "comparison",
            LeftoverList.COMPARISON,
            "operation",
            LeftoverList.OPERATION);
    neo4j.write(
        tx -> {
          tx.run(SEE, parameters).consume();
          tx.run(FORGET_FOUND, parameters).consume();
          return tx.run(FORGET_ABANDONED, parameters).consume();
        });
  }

  private static ConnectionRow connection(Record row) {
    return new ConnectionRow(
        new DatabaseRef(
            row.get("id").asString(),
            new Scope(row.get("tenant_id").asString(), row.get("space_id").asString())),
        new ResourceRef(row.get("secret_namespace").asString(), row.get("secret_name").asString()),
        new ResourceRef(row.get("crd_namespace").asString(), row.get("crd_name").asString()),
        NodeMapper.origin(row.get("origin")));
  }
}
