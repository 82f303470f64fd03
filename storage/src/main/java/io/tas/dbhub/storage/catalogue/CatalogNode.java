package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.SchemaPolicy;
import io.tas.dbhub.core.schema.SchemaTotals;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** The node that every write of a catalogue locks first, and what it says. */
final class CatalogNode {
  /**
   * Setting what never changes locks the node. Whose pen it is is read after that: of two writers
   * the second sees what the first did.
   */
  private static final String LOCK =
      """
      MATCH (c:SchemaCatalog {database_id: $database_id})
      WHERE c.tenant_id = $tenant_id AND c.space_id = $space_id
      SET c.database_id = c.database_id
      WITH c
      WHERE c.writer = $holder
      RETURN c""";

  private static final String SET =
      """
      MATCH (c:SchemaCatalog {database_id: $database_id})
      WHERE c.tenant_id = $tenant_id AND c.space_id = $space_id
      SET c += $properties""";

  private CatalogNode() {}

  /**
   * What the catalogue says; it stays so until the transaction ends.
   *
   * @throws PenLostException if the pen is not the one that was taken last
   */
  static MapAccessor lock(TransactionContext tx, Pen pen) {
    Map<String, Object> parameters = parameters(pen.database());
    parameters.put("holder", pen.holder());
    return tx.run(LOCK, parameters).stream()
        .findFirst()
        .map(row -> (MapAccessor) row.get("c").asNode())
        .orElseThrow(() -> new PenLostException(pen.database()));
  }

  /**
   * @param properties null for one that is to be removed
   */
  static void set(
      TransactionContext tx, DatabaseRef database, Map<String, @Nullable Object> properties) {
    Map<String, Object> parameters = parameters(database);
    parameters.put("properties", properties);
    tx.run(SET, parameters).consume();
  }

  /** May be added to. */
  static Map<String, Object> parameters(DatabaseRef database) {
    return parameters(database.scope(), database.id());
  }

  /** May be added to. */
  static Map<String, Object> parameters(Scope scope, String databaseId) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("tenant_id", scope.tenantId());
    parameters.put("space_id", scope.spaceId());
    parameters.put("database_id", databaseId);
    return parameters;
  }

  static SchemaState state(MapAccessor catalog, SchemaPolicy policy) {
    return new SchemaState(
        policy,
        catalog.get("version").asLong(0),
        text(catalog.get("name")),
        new SchemaTotals(catalog.get("tables").asLong(0), catalog.get("columns").asLong(0)),
        text(catalog.get("digest")),
        instant(catalog.get("synced_at")),
        instant(catalog.get("checked_at")),
        text(catalog.get("rejected_digest")),
        failure(catalog),
        drift(catalog),
        awaiting(catalog));
  }

  static SchemaPolicy policy(Value value) {
    return value.isNull() ? SchemaPolicy.PROPAGATE : SchemaPolicy.parse(value.asString());
  }

  private static SchemaState.@Nullable Failure failure(MapAccessor catalog) {
    Instant at = instant(catalog.get("failed_at"));
    return at == null
        ? null
        : new SchemaState.Failure(
            catalog.get("failure_code").asString(), catalog.get("failure_message").asString(), at);
  }

  private static SchemaState.@Nullable Drift drift(MapAccessor catalog) {
    Instant since = instant(catalog.get("drift_since"));
    return since == null
        ? null
        : new SchemaState.Drift(
            new ChangeTotals(
                catalog.get("drift_added").asLong(),
                catalog.get("drift_removed").asLong(),
                catalog.get("drift_altered").asLong()),
            since);
  }

  private static SchemaState.@Nullable Awaiting awaiting(MapAccessor catalog) {
    Value version = catalog.get("awaiting");
    return version.isNull()
        ? null
        : new SchemaState.Awaiting(version.asLong(), catalog.get("awaiting_digest").asString());
  }

  static @Nullable String text(Value value) {
    return value.isNull() ? null : value.asString();
  }

  static @Nullable Long number(Value value) {
    return value.isNull() ? null : value.asLong();
  }

  static @Nullable Instant instant(Value value) {
    return value.isNull() ? null : value.asZonedDateTime().toInstant();
  }

  static ZonedDateTime time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).atZone(ZoneOffset.UTC);
  }
}
