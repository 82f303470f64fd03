package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Looks for many databases with one question. */
final class SeveralDatabases {
  private static final String BY_ID =
      """
      MATCH (d:Database)
      WHERE d.id IN $wanted AND d.tenant_id = $tenant_id AND d.space_id = $space_id
      RETURN d""";

  private static final String BY_NAME =
      """
      MATCH (d:Database)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id AND d.name IN $wanted
      RETURN d""";

  private final Neo4j neo4j;
  private final NodeMapper mapper;

  SeveralDatabases(Neo4j neo4j, NodeMapper mapper) {
    this.neo4j = neo4j;
    this.mapper = mapper;
  }

  List<Database> byId(Scope scope, Collection<String> ids) {
    return find(BY_ID, scope, ids);
  }

  List<Database> byName(Scope scope, Collection<String> names) {
    return find(BY_NAME, scope, names);
  }

  private List<Database> find(String statement, Scope scope, Collection<String> wanted) {
    return neo4j.read(
        tx ->
            tx.run(
                    statement,
                    Map.of(
                        "tenant_id",
                        scope.tenantId(),
                        "space_id",
                        scope.spaceId(),
                        "wanted",
                        List.copyOf(wanted)))
                .list(row -> mapper.database(row.get("d").asNode())));
  }
}
