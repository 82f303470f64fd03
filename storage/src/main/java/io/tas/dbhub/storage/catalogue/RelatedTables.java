package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.ForeignKey;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.inventory.Neo4j;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;

/** Goes along foreign keys, one step at a time, so that no table is met twice. */
final class RelatedTables {
  private static final int MAX_DEPTH = 5;
  private static final int MAX_TABLES = 500;

  private static final String STEP =
      """
      UNWIND $keys AS key
      MATCH (t:SchemaTable {tenant_id: $tenant_id, space_id: $space_id,
                            database_id: $database_id, key: key})
      CALL {
        WITH t
        MATCH (t)-[r:REFERENCES]->(o)
        RETURN r, o, true AS referenced
        UNION ALL
        WITH t
        MATCH (t)<-[r:REFERENCES]-(o)
        RETURN r, o, false AS referenced
      }
      WITH t, r, o, referenced
      WHERE NOT o.key IN $seen
      ORDER BY o.key, t.key, r.name
      WITH o, collect({schema: t.schema, name: t.name, referenced: referenced, key: r.name,
                       columns: r.columns, referenced_columns: r.referenced_columns})[0] AS via
      RETURN o.key AS key, o.schema AS schema, o.name AS name, via
      ORDER BY key
      LIMIT $limit""";

  private final Neo4j neo4j;

  RelatedTables(Neo4j neo4j) {
    this.neo4j = neo4j;
  }

  List<RelatedTable> related(Scope scope, String databaseId, TableName table, int depth) {
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException("depth is 1 to " + MAX_DEPTH);
    }
    Map<String, Object> parameters = CatalogNode.parameters(scope, databaseId);
    return neo4j.read(tx -> related(tx, parameters, table, depth));
  }

  private static List<RelatedTable> related(
      TransactionContext tx, Map<String, Object> parameters, TableName table, int depth) {
    List<RelatedTable> found = new ArrayList<>();
    List<String> frontier = List.of(TableKey.of(table));
    Set<String> seen = new HashSet<>(frontier);
    for (int distance = 1; distance <= depth && !frontier.isEmpty(); distance++) {
      parameters.put("keys", frontier);
      parameters.put("seen", List.copyOf(seen));
      parameters.put("limit", MAX_TABLES - found.size());
      List<String> next = new ArrayList<>();
      for (Record row : tx.run(STEP, parameters).list()) {
        next.add(row.get("key").asString());
        found.add(table(row, distance));
      }
      seen.addAll(next);
      frontier = next;
    }
    return found;
  }

  private static RelatedTable table(Record row, int distance) {
    TableName table = new TableName(row.get("schema").asString(), row.get("name").asString());
    Value last = row.get("via");
    TableName via = new TableName(last.get("schema").asString(), last.get("name").asString());
    boolean referenced = last.get("referenced").asBoolean();
    return new RelatedTable(
        table,
        distance,
        via,
        referenced,
        new ForeignKey(
            last.get("key").asString(),
            last.get("columns").asList(Value::asString),
            referenced ? table : via,
            last.get("referenced_columns").asList(Value::asString)));
  }
}
