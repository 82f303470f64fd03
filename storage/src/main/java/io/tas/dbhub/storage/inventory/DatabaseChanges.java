package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.ClientException;

/** Changes of one database's definition: each a revision. */
final class DatabaseChanges {
  /**
   * Setting what is set already, and never changes, locks the node: what is read after it stays as
   * it is until the transaction ends.
   */
  static final String LOCK =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      SET d.crd_name = d.crd_name""";

  private static final String CHANGE =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      SET d += $properties""";

  private static final String REMOVE_LABELS =
      """
      MATCH (l:DatabaseLabel)-[:OF]->(d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      DETACH DELETE l""";

  /** Only what a manifest owns, and only while it is still of that resource. */
  private static final String RELEASE =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
        AND d.origin = $manifest
        AND d.crd_namespace = $crd_namespace AND d.crd_name = $crd_name
      OPTIONAL MATCH (l:DatabaseLabel)-[:OF]->(d)
      DETACH DELETE l, d""";

  private final Neo4j neo4j;
  private final NodeMapper mapper;
  private final Clock clock;
  private final CatalogueRemoval catalogues;

  DatabaseChanges(Neo4j neo4j, NodeMapper mapper, Clock clock) {
    this.neo4j = neo4j;
    this.catalogues = new CatalogueRemoval(neo4j);
    this.mapper = mapper;
    this.clock = clock;
  }

  Database update(DatabaseDefinition definition, long expectedRevision) {
    return writing(
        tx -> {
          Database current = locked(tx, definition.ref()).orElseThrow(NotInInventoryException::new);
          if (current.revision() == expectedRevision + 1
              && current.definition().equals(definition)) {
            return current;
          }
          if (current.revision() != expectedRevision) {
            throw new RevisionChangedException();
          }
          if (current.definition().target().type() != definition.target().type()) {
            throw new TypeChangedException();
          }
          return change(tx, updated(current, definition));
        });
  }

  void restore(Database before) {
    writing(
        tx ->
            locked(tx, before.definition().ref())
                .filter(current -> current.revision() == before.revision() + 1)
                .map(current -> change(tx, restored(current, before))));
  }

  /**
   * Makes a node that a manifest owns say what the manifest says; empty when there is none.
   *
   * @throws IdTakenException if no manifest owns it
   */
  Optional<Database> follow(
      DatabaseDefinition definition, ResourceRef secret, ResourceRef resource) {
    return writing(
        tx ->
            locked(tx, definition.ref())
                .map(current -> followed(tx, current, definition, secret, resource)));
  }

  void release(DatabaseRef database, ResourceRef resource) {
    Map<String, Object> parameters =
        new HashMap<>(DatabaseNodes.parameters(database.scope(), database.id()));
    parameters.put("manifest", Origin.MANIFEST.wireName());
    parameters.put("crd_namespace", resource.namespace());
    parameters.put("crd_name", resource.name());
    neo4j.write(
        tx -> {
          tx.run(RELEASE, parameters).consume();
          CatalogueRemoval.close(tx, database);
          return database;
        });
    catalogues.clear(database);
  }

  private Database followed(
      TransactionContext tx,
      Database current,
      DatabaseDefinition definition,
      ResourceRef secret,
      ResourceRef resource) {
    if (current.origin() != Origin.MANIFEST) {
      throw new IdTakenException();
    }
    boolean same =
        current.definition().equals(definition)
            && current.secret().equals(secret)
            && current.resource().equals(resource);
    if (same) {
      return current;
    }
    Database changed = moved(updated(current, definition), secret, resource);
    Map<String, Object> parameters =
        new HashMap<>(DatabaseNodes.parameters(definition.scope(), definition.id()));
    parameters.put("properties", mapper.references(changed));
    tx.run(CHANGE, parameters).consume();
    return change(tx, changed);
  }

  private static Database moved(Database database, ResourceRef secret, ResourceRef resource) {
    return new Database(
        database.definition(),
        secret,
        resource,
        database.status(),
        database.statusMessage(),
        database.lastChecked(),
        database.createdAt(),
        database.updatedAt(),
        database.revision(),
        database.origin(),
        database.grants(),
        database.login());
  }

  private Optional<Database> locked(TransactionContext tx, DatabaseRef database) {
    Map<String, Object> parameters = DatabaseNodes.parameters(database.scope(), database.id());
    tx.run(LOCK, parameters).consume();
    return DatabaseNodes.find(tx, parameters, mapper);
  }

  private Database change(TransactionContext tx, Database changed) {
    DatabaseRef database = changed.definition().ref();
    Map<String, Object> parameters =
        new HashMap<>(DatabaseNodes.parameters(database.scope(), database.id()));
    parameters.put("properties", mapper.changeable(changed));
    parameters.put("labels", mapper.labels(changed));
    tx.run(CHANGE, parameters).consume();
    tx.run(REMOVE_LABELS, parameters).consume();
    tx.run(DatabaseNodes.ADD_LABELS, parameters).consume();
    return changed;
  }

  /** What is known of the health stays, unless the change is what it told of. */
  private Database updated(Database current, DatabaseDefinition definition) {
    boolean active = definition.active();
    if (active == current.definition().active()
        && !current.statusMessage().equals(StatusMessages.CHANGED_BY_HAND)) {
      return next(current, definition, current.status(), current.statusMessage());
    }
    return next(current, definition, DatabaseStatus.PENDING, active ? "" : StatusMessages.PAUSED);
  }

  private Database restored(Database current, Database before) {
    boolean sameActivity = current.definition().active() == before.definition().active();
    Database status = sameActivity ? current : before;
    return next(current, before.definition(), status.status(), status.statusMessage());
  }

  private Database next(
      Database current, DatabaseDefinition definition, DatabaseStatus status, String message) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Database(
        definition,
        current.secret(),
        current.resource(),
        status,
        message,
        current.lastChecked(),
        current.createdAt(),
        now,
        current.revision() + 1,
        current.origin(),
        current.grants(),
        current.login());
  }

  private <T> T writing(TransactionCallback<T> work) {
    try {
      return neo4j.write(work);
    } catch (ClientException e) {
      if (!Neo4j.violatesConstraint(e)) {
        throw e;
      }
      throw new NameTakenException();
    }
  }
}
