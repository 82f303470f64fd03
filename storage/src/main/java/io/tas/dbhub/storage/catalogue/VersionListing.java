package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.TableChange;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.inventory.Neo4j;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.types.MapAccessor;

/** Versions of a database's schema, and what each changed. */
final class VersionListing {
  /** A version's number rises with the time it was found at. */
  private static final String VERSIONS =
      """
      MATCH (v:SchemaVersion)
      WHERE v.tenant_id = $tenant_id AND v.space_id = $space_id
        AND v.database_id = $database_id AND v.number < $before
        AND NOT v.state IN $unfinished
        AND ($from IS NULL OR v.found_at >= $from) AND ($to IS NULL OR v.found_at < $to)
      RETURN v
      ORDER BY v.tenant_id DESC, v.space_id DESC, v.database_id DESC, v.number DESC
      LIMIT $limit""";

  /** Those of a version that is being written are not told yet. */
  private static final String CHANGES =
      """
      MATCH (h:SchemaChange)
      WHERE h.tenant_id = $tenant_id AND h.space_id = $space_id
        AND h.database_id = $database_id AND h.version = $version AND h.key >= $begin
        AND EXISTS {
          MATCH (v:SchemaVersion {tenant_id: $tenant_id, space_id: $space_id,
                                  database_id: $database_id, number: $version})
          WHERE NOT v.state IN $unfinished
        }
      RETURN h
      ORDER BY h.tenant_id, h.space_id, h.database_id, h.version, h.key
      LIMIT $limit""";

  private static final List<String> UNFINISHED =
      List.of(VersionState.WRITING.wireName(), VersionState.PROPOSING.wireName());

  private final Neo4j neo4j;
  private final TableJson json;

  VersionListing(Neo4j neo4j, TableJson json) {
    this.neo4j = neo4j;
    this.json = json;
  }

  VersionPage versions(
      Scope scope,
      String databaseId,
      @Nullable Instant from,
      @Nullable Instant to,
      int limit,
      @Nullable String cursor) {
    Map<String, @Nullable Object> parameters = parameters(scope, databaseId, limit);
    parameters.put("before", before(cursor));
    parameters.put("from", from == null ? null : CatalogNode.time(from));
    parameters.put("to", to == null ? null : CatalogNode.time(to));
    List<SchemaVersion> found =
        neo4j.read(tx -> tx.run(VERSIONS, parameters).list(row -> version(row.get("v").asNode())));
    return new VersionPage(
        Cursors.page(found, limit),
        Cursors.next(found, limit, version -> Long.toString(version.number())));
  }

  ChangePage changes(
      Scope scope, String databaseId, long version, int limit, @Nullable String cursor) {
    Map<String, @Nullable Object> parameters = parameters(scope, databaseId, limit);
    parameters.put("version", version);
    parameters.put("begin", cursor == null ? "" : TableKey.after(Cursors.decode(cursor)));
    List<Record> found = neo4j.read(tx -> tx.run(CHANGES, parameters).list());
    return new ChangePage(
        Cursors.page(found, limit).stream().map(row -> change(row.get("h").asNode())).toList(),
        Cursors.next(found, limit, row -> row.get("h").get("key").asString()));
  }

  private static Map<String, @Nullable Object> parameters(
      Scope scope, String databaseId, int limit) {
    if (limit < 1 || limit > TableQuery.MAX_LIMIT) {
      throw new IllegalArgumentException("limit is 1 to " + TableQuery.MAX_LIMIT);
    }
    Map<String, @Nullable Object> parameters =
        new HashMap<>(CatalogNode.parameters(scope, databaseId));
    parameters.put("unfinished", UNFINISHED);
    parameters.put("limit", limit + 1L);
    return parameters;
  }

  private static long before(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(Cursors.decode(cursor));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the cursor is not one of this listing", e);
    }
  }

  private static SchemaVersion version(MapAccessor node) {
    return new SchemaVersion(
        node.get("number").asLong(),
        node.get("found_at").asZonedDateTime().toInstant(),
        node.get("run").asString(),
        VersionState.parse(node.get("state").asString()),
        node.get("initial").asBoolean(),
        new ChangeTotals(
            node.get("added").asLong(), node.get("removed").asLong(), node.get("altered").asLong()),
        CatalogNode.text(node.get("decided_by")),
        CatalogNode.instant(node.get("decided_at")),
        CatalogNode.text(node.get("reason")));
  }

  private TableChange change(MapAccessor node) {
    return new TableChange(
        new TableName(node.get("schema").asString(), node.get("name").asString()),
        TableChange.Kind.parse(node.get("kind").asString()),
        json.details(node.get("details").asString()));
  }
}
