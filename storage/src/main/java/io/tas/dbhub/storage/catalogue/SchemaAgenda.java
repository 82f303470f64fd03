package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.inventory.Neo4j;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;

/**
 * When each database's schema is to be read next. A new database is due at once. Thread-safe.
 *
 * <p>Everything throws {@link io.tas.dbhub.storage.inventory.InventoryUnavailableException} when
 * Neo4j is not there.
 */
public final class SchemaAgenda {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Of the interval, either way: what began together does not stay together. */
  private static final double JITTER = 0.1;

  private static final String DUE =
      """
      MATCH (d:Database)
      WHERE d.schema_due <= $now AND d.is_active
      RETURN d.id AS id, d.tenant_id AS tenant_id, d.space_id AS space_id, d.name AS name
      ORDER BY d.schema_due
      LIMIT $limit""";

  /** What was put off meanwhile, because it failed, stays as it is. */
  private static final String POSTPONE =
      """
      UNWIND $databases AS due
      MATCH (d:Database {id: due.id})
      WHERE d.tenant_id = due.tenant_id AND d.space_id = due.space_id AND d.schema_due <= $now
      SET d.schema_due = $now
        + duration({milliseconds: toInteger($every * (1 + $jitter * (2 * rand() - 1)))})""";

  private static final String SET =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      SET d.schema_due = $at""";

  private final Neo4j neo4j;

  public SchemaAgenda(Driver driver) {
    this.neo4j = new Neo4j(driver, LIMIT);
  }

  /** A database whose schema is to be read now. */
  public record Due(DatabaseRef database, String name) {}

  /** Those that have waited longest. Of all tenants: nobody's request comes here. */
  public List<Due> due(Instant now, int limit) {
    Map<String, Object> parameters = Map.of("now", now.atZone(ZoneOffset.UTC), "limit", limit);
    return neo4j.read(
        tx ->
            tx.run(DUE, parameters)
                .list(
                    row ->
                        new Due(
                            new DatabaseRef(
                                row.get("id").asString(),
                                new Scope(
                                    row.get("tenant_id").asString(),
                                    row.get("space_id").asString())),
                            row.get("name").asString())));
  }

  /** They were begun: each is due again when the interval is over, more or less. */
  public void postpone(List<Due> begun, Instant now, Duration every) {
    Map<String, Object> parameters =
        Map.of(
            "databases",
            begun.stream().map(due -> key(due.database())).toList(),
            "now",
            now.atZone(ZoneOffset.UTC),
            "every",
            every.toMillis(),
            "jitter",
            JITTER);
    neo4j.write(tx -> tx.run(POSTPONE, parameters).consume());
  }

  /** One that has to be tried sooner or later than it would be. */
  public void set(DatabaseRef database, Instant at) {
    Map<String, Object> parameters = new HashMap<>(key(database));
    parameters.put("at", at.atZone(ZoneOffset.UTC));
    neo4j.write(tx -> tx.run(SET, parameters).consume());
  }

  private static Map<String, Object> key(DatabaseRef database) {
    return Map.of(
        "id", database.id(),
        "tenant_id", database.scope().tenantId(),
        "space_id", database.scope().spaceId());
  }
}
