package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.types.MapAccessor;

/**
 * What is left of connections that have no whole. Each is a node of its own; {@code origin} tells
 * who listed it.
 */
final class LeftoverList {
  /** Listed by an operation that was abandoned. */
  static final String OPERATION = "operation";

  /** Found by a comparison. */
  static final String COMPARISON = "comparison";

  static final String DELETE_OF =
      """
      MATCH (l:Leftover)
      WHERE l.tenant_id = $tenant_id AND l.space_id = $space_id AND l.database_id = $id
      DELETE l""";

  private static final String RECORD =
      """
      UNWIND $leftovers AS left
      MERGE (l:Leftover {tenant_id: left.tenant_id, space_id: left.space_id,
                         database_id: left.database_id, what: left.what})
      SET l.why = left.why, l.found_at = left.found_at, l.origin = $origin""";

  private static final String FIND =
      """
      MATCH (l:Leftover)
      WHERE l.tenant_id = $tenant_id AND l.space_id = $space_id AND l.database_id = $id
      RETURN l
      ORDER BY l.what""";

  private static final String LIST =
      """
      MATCH (l:Leftover)
      WHERE l.tenant_id = $tenant_id AND l.space_id = $space_id
      RETURN l
      ORDER BY l.found_at DESC, l.database_id, l.what
      SKIP $skip LIMIT $limit""";

  private static final String COUNT =
      """
      MATCH (l:Leftover)
      WHERE l.tenant_id = $tenant_id AND l.space_id = $space_id
      RETURN count(*) AS total""";

  private final Neo4j neo4j;

  LeftoverList(Neo4j neo4j) {
    this.neo4j = neo4j;
  }

  void record(List<Leftover> leftovers) {
    Map<String, Object> parameters = Map.of("leftovers", rows(leftovers), "origin", OPERATION);
    neo4j.write(tx -> tx.run(RECORD, parameters).consume());
  }

  List<Leftover> find(Scope scope, String databaseId) {
    return neo4j.read(
        tx ->
            tx.run(FIND, DatabaseNodes.parameters(scope, databaseId))
                .list(row -> leftover(row.get("l").asNode())));
  }

  LeftoverPage list(Scope scope, int page, int pageSize) {
    if (page < 1 || pageSize < 1 || pageSize > ListQuery.MAX_PAGE_SIZE) {
      throw new IllegalArgumentException(
          "page starts at 1, page_size is 1 to " + ListQuery.MAX_PAGE_SIZE);
    }
    Map<String, Object> parameters =
        Map.of(
            "tenant_id",
            scope.tenantId(),
            "space_id",
            scope.spaceId(),
            "skip",
            (page - 1L) * pageSize,
            "limit",
            pageSize);
    return neo4j.read(
        tx ->
            new LeftoverPage(
                tx.run(LIST, parameters).list(row -> leftover(row.get("l").asNode())),
                tx.run(COUNT, parameters).single().get("total").asLong()));
  }

  static List<Map<String, Object>> rows(List<Leftover> leftovers) {
    return leftovers.stream()
        .map(
            left ->
                Map.<String, Object>of(
                    "tenant_id", left.database().scope().tenantId(),
                    "space_id", left.database().scope().spaceId(),
                    "database_id", left.database().id(),
                    "what", left.what(),
                    "why", left.why(),
                    "found_at", NodeMapper.time(left.foundAt())))
        .toList();
  }

  private static Leftover leftover(MapAccessor node) {
    return new Leftover(
        new DatabaseRef(
            node.get("database_id").asString(),
            new Scope(node.get("tenant_id").asString(), node.get("space_id").asString())),
        node.get("what").asString(),
        node.get("why").asString(),
        node.get("found_at").asZonedDateTime().toInstant());
  }
}
