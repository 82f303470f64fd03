package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes of who may do what with one database. The definition and its revision stay. */
final class DatabaseGrants {
  private static final String REPLACE =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      SET d += $properties""";

  private final Neo4j neo4j;
  private final NodeMapper mapper;

  DatabaseGrants(Neo4j neo4j, NodeMapper mapper) {
    this.neo4j = neo4j;
    this.mapper = mapper;
  }

  Grants replace(Scope scope, String id, List<Grant> wanted, long expectedRevision) {
    Grants replacing = new Grants(wanted, expectedRevision + 1);
    return neo4j.write(
        tx -> {
          Map<String, Object> parameters = new HashMap<>(DatabaseNodes.parameters(scope, id));
          tx.run(DatabaseChanges.LOCK, parameters).consume();
          Grants current =
              DatabaseNodes.find(tx, parameters, mapper)
                  .map(Database::grants)
                  .orElseThrow(NotInInventoryException::new);
          if (current.equals(replacing)) {
            // The work of an earlier attempt whose answer was lost.
            return current;
          }
          if (current.revision() != expectedRevision) {
            throw new RevisionChangedException();
          }
          if (current.grants().equals(wanted)) {
            return current;
          }
          Map<String, @Nullable Object> properties = GrantMapper.properties(replacing);
          parameters.put("properties", properties);
          tx.run(REPLACE, parameters).consume();
          return replacing;
        });
  }
}
