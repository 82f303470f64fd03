package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Result;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.types.Node;

/** One database's node: made, found, told its health, removed. */
final class DatabaseNodes {
  private static final String MERGE =
      "MERGE (d:Database {id: $id}) ON CREATE SET d += $properties RETURN d";

  /** Labels stand beside their database, a node each, so that an index finds databases by them. */
  private static final String ADD_LABELS =
      """
      MATCH (d:Database {id: $id})
      UNWIND $labels AS label
      CREATE (l:DatabaseLabel)-[:OF]->(d)
      SET l = label""";

  private static final String FIND =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      RETURN d""";

  private static final String DELETE =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      OPTIONAL MATCH (l:DatabaseLabel)-[:OF]->(d)
      DETACH DELETE l, d""";

  /** Setting what is set already locks the node: of two reports at once the later one stays. */
  private static final String RECORD_HEALTH =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
        AND d.crd_namespace = $crd_namespace AND d.crd_name = $crd_name
      SET d.crd_name = d.crd_name
      WITH d
      WHERE d.last_checked IS NULL OR d.last_checked <= $checked_at
      SET d.status = $status, d.status_message = $message, d.last_checked = $checked_at""";

  private final Neo4j neo4j;
  private final NodeMapper mapper;
  private final Clock clock;

  DatabaseNodes(Neo4j neo4j, NodeMapper mapper, Clock clock) {
    this.neo4j = neo4j;
    this.mapper = mapper;
    this.clock = clock;
  }

  Database create(DatabaseDefinition definition, ResourceRef secret, ResourceRef resource) {
    // What JSON and every Neo4j version carry without loss.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Database pending =
        new Database(definition, secret, resource, DatabaseStatus.PENDING, "", null, now, now, 1);
    try {
      Database database = neo4j.write(tx -> merge(tx, pending));
      if (!database.definition().scope().equals(definition.scope())) {
        throw new IdTakenException();
      }
      return database;
    } catch (ClientException e) {
      if (!Neo4j.violatesConstraint(e)) {
        throw e;
      }
      throw new NameTakenException();
    }
  }

  private Database merge(TransactionContext tx, Database wanted) {
    Result result =
        tx.run(MERGE, Map.of("id", wanted.id(), "properties", mapper.properties(wanted)));
    Node node = result.single().get("d").asNode();
    boolean created = result.consume().counters().nodesCreated() > 0;
    if (created && !wanted.definition().labels().isEmpty()) {
      tx.run(ADD_LABELS, Map.of("id", wanted.id(), "labels", mapper.labels(wanted))).consume();
    }
    return mapper.database(node);
  }

  Optional<Database> find(Scope scope, String id) {
    return neo4j.read(
        tx ->
            tx.run(FIND, parameters(scope, id)).stream()
                .findFirst()
                .map(row -> mapper.database(row.get("d").asNode())));
  }

  void delete(DatabaseRef database) {
    neo4j.write(tx -> tx.run(DELETE, parameters(database.scope(), database.id())).consume());
  }

  void recordHealth(HealthReport report) {
    @Nullable DatabaseRef database = report.database();
    if (database == null) {
      return;
    }
    Map<String, Object> parameters = new HashMap<>(parameters(database.scope(), database.id()));
    parameters.put("status", report.status().wireName());
    parameters.put("message", report.message());
    parameters.put("crd_namespace", report.resource().namespace());
    parameters.put("crd_name", report.resource().name());
    parameters.put("checked_at", NodeMapper.time(report.checkedAt()));
    neo4j.write(tx -> tx.run(RECORD_HEALTH, parameters).consume());
  }

  static Map<String, Object> parameters(Scope scope, String id) {
    return Map.of("tenant_id", scope.tenantId(), "space_id", scope.spaceId(), "id", id);
  }
}
