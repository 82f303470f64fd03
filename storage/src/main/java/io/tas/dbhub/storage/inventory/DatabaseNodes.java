package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.HealthSample;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.Reasons;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Result;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.types.Node;

/** One database's node: made, found, told its health, removed. */
final class DatabaseNodes {
  /** Ids are unique over all scopes: an answer of another scope is refused. */
  private static final String MERGE =
      "MERGE (d:Database {id: $id}) ON CREATE SET d += $properties RETURN d";

  /** Labels stand beside their database, a node each, so that an index finds databases by them. */
  static final String ADD_LABELS =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      UNWIND $labels AS label
      CREATE (l:DatabaseLabel)-[:OF]->(d)
      SET l = label""";

  private static final String FIND =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      RETURN d""";

  private static final String FIND_BY_NAME =
      """
      MATCH (d:Database)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id AND d.name = $name
      RETURN d""";

  private static final String DELETE =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      OPTIONAL MATCH (l:DatabaseLabel)-[:OF]->(d)
      DETACH DELETE l, d""";

  /**
   * Setting what is set already locks the node: of two reports at once the later one stays.
   *
   * <p>Of a definition that is not the inventory's only a check since the last change tells
   * anything. A paused database stays paused, whatever a check that was under way says.
   */
  private static final String RECORD_HEALTH =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
        AND d.crd_namespace = $crd_namespace AND d.crd_name = $crd_name
      SET d.crd_name = d.crd_name
      WITH d, $digest <> d.digest AS differs
      WHERE (d.last_checked IS NULL OR d.last_checked <= $checked_at)
        AND CASE
          WHEN differs THEN d.updated_at <= $checked_at
          ELSE d.is_active OR $digest IS NOT NULL
        END
      WITH d, CASE
        WHEN differs THEN [$failed, $changed_by_hand, $reason_changed]
        WHEN d.is_active THEN [$status, $message, $reason]
        ELSE [$pending, $paused, $reason_paused]
      END AS told
      SET d.status = told[0], d.status_message = told[1], d.last_checked = $checked_at,
        d.login_rights = coalesce($login_rights, d.login_rights)
      RETURN told[0] AS status, told[1] AS message, told[2] AS reason""";

  /** A part that is missing is missing of a paused database, too. */
  private static final String RECORD_INCOMPLETE =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      SET d.crd_name = d.crd_name
      WITH d
      WHERE d.last_checked IS NULL OR d.last_checked <= $checked_at
      SET d.status = $failed, d.status_message = $message, d.last_checked = $checked_at
      RETURN d.id""";

  private final Neo4j neo4j;
  private final NodeMapper mapper;
  private final Clock clock;
  private final CatalogueRemoval catalogues;

  DatabaseNodes(Neo4j neo4j, NodeMapper mapper, Clock clock) {
    this.neo4j = neo4j;
    this.catalogues = new CatalogueRemoval(neo4j);
    this.mapper = mapper;
    this.clock = clock;
  }

  Database create(
      DatabaseDefinition definition,
      ResourceRef secret,
      ResourceRef resource,
      Origin origin,
      Grants grants) {
    // What JSON and every Neo4j version carry without loss.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Database pending =
        new Database(
            definition,
            secret,
            resource,
            DatabaseStatus.PENDING,
            definition.active() || origin == Origin.REST ? "" : StatusMessages.PAUSED,
            null,
            now,
            now,
            1,
            origin,
            grants);
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
    if (created) {
      Map<String, Object> parameters =
          new HashMap<>(parameters(wanted.definition().scope(), wanted.id()));
      parameters.put("labels", mapper.labels(wanted));
      tx.run(ADD_LABELS, parameters).consume();
      // What was left of it has a whole again.
      tx.run(LeftoverList.DELETE_OF, parameters).consume();
    }
    return mapper.database(node);
  }

  Optional<Database> find(Scope scope, String id) {
    return neo4j.read(tx -> find(tx, parameters(scope, id), mapper));
  }

  Optional<Database> findByName(Scope scope, String name) {
    return neo4j.read(
        tx ->
            tx
                .run(
                    FIND_BY_NAME,
                    Map.of(
                        "tenant_id", scope.tenantId(), "space_id", scope.spaceId(), "name", name))
                .stream()
                .findFirst()
                .map(row -> mapper.database(row.get("d").asNode())));
  }

  static Optional<Database> find(
      TransactionContext tx, Map<String, Object> parameters, NodeMapper mapper) {
    return tx.run(FIND, parameters).stream()
        .findFirst()
        .map(row -> mapper.database(row.get("d").asNode()));
  }

  /** With what is listed as left over of it: nothing is. */
  void delete(DatabaseRef database) {
    Map<String, Object> parameters = parameters(database.scope(), database.id());
    neo4j.write(
        tx -> {
          tx.run(DELETE, parameters).consume();
          CatalogueRemoval.close(tx, database);
          return tx.run(LeftoverList.DELETE_OF, parameters).consume();
        });
    catalogues.clear(database);
  }

  /** What the node says now; empty where nothing was done. */
  Optional<HealthSample> recordHealth(HealthReport report) {
    @Nullable DatabaseRef database = report.database();
    if (database == null) {
      return Optional.empty();
    }
    // A HashMap, because null is a value here: a definition that is not compared.
    Map<String, @Nullable Object> parameters =
        new HashMap<>(parameters(database.scope(), database.id()));
    parameters.put("status", report.status().wireName());
    parameters.put("message", report.message());
    parameters.put("crd_namespace", report.resource().namespace());
    parameters.put("crd_name", report.resource().name());
    parameters.put("checked_at", NodeMapper.time(report.checkedAt()));
    parameters.put("digest", report.digest());
    @Nullable LoginFinding login = report.login();
    parameters.put("login_rights", login == null ? null : login.rights().wireName());
    parameters.put("reason", Objects.requireNonNullElse(report.reason(), ""));
    parameters.put("failed", DatabaseStatus.FAILED.wireName());
    parameters.put("changed_by_hand", StatusMessages.CHANGED_BY_HAND);
    parameters.put("reason_changed", Reasons.CHANGED_BY_HAND);
    parameters.put("pending", DatabaseStatus.PENDING.wireName());
    parameters.put("paused", StatusMessages.PAUSED);
    parameters.put("reason_paused", Reasons.PAUSED);
    return neo4j
        .write(tx -> tx.run(RECORD_HEALTH, parameters).stream().findFirst())
        .map(
            told ->
                new HealthSample(
                    database,
                    report.checkedAt(),
                    DatabaseStatus.fromWireName(told.get("status").asString()).orElseThrow(),
                    told.get("reason").asString(),
                    told.get("message").asString(),
                    report.probed()));
  }

  /** As {@link #recordHealth}. */
  Optional<HealthSample> recordIncomplete(DatabaseRef database, String message, Instant checkedAt) {
    Map<String, Object> parameters = new HashMap<>(parameters(database.scope(), database.id()));
    parameters.put("failed", DatabaseStatus.FAILED.wireName());
    parameters.put("message", message);
    parameters.put("checked_at", NodeMapper.time(checkedAt));
    return neo4j
        .write(tx -> tx.run(RECORD_INCOMPLETE, parameters).stream().findFirst())
        .map(
            told ->
                new HealthSample(
                    database, checkedAt, DatabaseStatus.FAILED, Reasons.INCOMPLETE, message, null));
  }

  static Map<String, Object> parameters(Scope scope, String id) {
    return Map.of("tenant_id", scope.tenantId(), "space_id", scope.spaceId(), "id", id);
  }
}
