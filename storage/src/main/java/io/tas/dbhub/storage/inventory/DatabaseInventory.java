package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.HealthSample;
import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.rotate.ServedDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.neo4j.driver.Driver;

/**
 * What exists, for whom and in what state: the truth behind every list that REST answers. Safe for
 * use by several threads. {@link InventorySchema#ensure} must have run once.
 *
 * <p>Every method throws {@link InventoryUnavailableException} when Neo4j cannot do it now.
 */
public final class DatabaseInventory {
  static final Duration LIMIT = Duration.ofSeconds(5);

  private final Neo4j neo4j;
  private final DatabaseNodes nodes;
  private final DatabaseChanges changes;
  private final DatabaseGrants grants;
  private final SeveralDatabases several;
  private final DatabaseListing listing;
  private final LeftoverList leftovers;
  private final Comparison comparison;
  private final ServingGraph serving;

  /**
   * @param driver best from {@link InventoryDriver}, whose limits keep a dead Neo4j from being
   *     waited for; the caller closes it
   */
  public DatabaseInventory(Driver driver) {
    this(driver, Clock.systemUTC(), LIMIT);
  }

  DatabaseInventory(Driver driver, Clock clock, Duration limit) {
    NodeMapper mapper = new NodeMapper();
    this.neo4j = new Neo4j(driver, limit);
    this.nodes = new DatabaseNodes(neo4j, mapper, clock);
    this.changes = new DatabaseChanges(neo4j, mapper, clock);
    this.grants = new DatabaseGrants(neo4j, mapper);
    this.leftovers = new LeftoverList(neo4j);
    this.comparison = new Comparison(neo4j);
    this.several = new SeveralDatabases(neo4j, mapper);
    this.listing = new DatabaseListing(neo4j, mapper);
    this.serving = new ServingGraph(neo4j, mapper);
  }

  /**
   * Writes down a new database, Pending. For an id that is there already nothing changes, and what
   * is there is the answer.
   *
   * @throws NameTakenException if another database of the scope has the name; of several creators
   *     at once exactly one succeeds
   * @throws IdTakenException if the id is one of another scope
   */
  public Database create(DatabaseDefinition definition, ResourceRef secret, ResourceRef resource) {
    return nodes.create(definition, secret, resource, Origin.REST, Grants.byDefault());
  }

  /**
   * As {@link #create}, for a database whose node was lost, and its grants with it: nobody but its
   * owner and operators sees the new one until somebody grants anew.
   */
  public Database createAgain(
      DatabaseDefinition definition, ResourceRef secret, ResourceRef resource) {
    return nodes.create(definition, secret, resource, Origin.REST, Grants.none());
  }

  /**
   * Writes down a database that a manifest owns, or makes its node say what the manifest says now:
   * a further revision, where that is something else; its grants stay. May be repeated.
   *
   * @throws NameTakenException if another database of the scope has the name
   * @throws IdTakenException if the id is one of another scope, or of a database made through REST
   */
  public Database adopt(DatabaseDefinition definition, ResourceRef secret, ResourceRef resource) {
    return adopt(definition, secret, resource, Grants.byDefault());
  }

  /** As {@link #adopt}, for a database that had its node: see {@link #createAgain}. */
  public Database adoptAgain(
      DatabaseDefinition definition, ResourceRef secret, ResourceRef resource) {
    return adopt(definition, secret, resource, Grants.none());
  }

  private Database adopt(
      DatabaseDefinition definition, ResourceRef secret, ResourceRef resource, Grants ifMade) {
    Optional<Database> followed = changes.follow(definition, secret, resource);
    if (followed.isPresent()) {
      return followed.get();
    }
    Database made = nodes.create(definition, secret, resource, Origin.MANIFEST, ifMade);
    if (made.origin() != Origin.MANIFEST) {
      throw new IdTakenException();
    }
    return made;
  }

  /**
   * Takes a node away that the manifest of this resource owns, with its schema catalogue as {@link
   * #delete} does. Any other is left alone.
   */
  public void release(DatabaseRef database, ResourceRef resource) {
    changes.release(database, resource);
  }

  /**
   * Writes the definition and counts the revision up by one. The status stays, but for a database
   * that is set aside or taken up again. A node that has the next revision and this very definition
   * is the work of an earlier attempt, and the answer.
   *
   * @param expectedRevision of the node before the change
   * @throws NotInInventoryException if there is no such database in the scope
   * @throws RevisionChangedException if the node has another revision by now
   * @throws TypeChangedException if the definition is of another type
   * @throws NameTakenException if another database of the scope has the name
   */
  public Database update(DatabaseDefinition definition, long expectedRevision) {
    return changes.update(definition, expectedRevision);
  }

  /**
   * Undoes {@link #update}: a node that is one revision ahead of {@code before} gets its definition
   * back, as a further revision. Any other node is left alone.
   *
   * @throws NameTakenException if another database of the scope has got the name in the meantime
   */
  public void restore(Database before) {
    changes.restore(before);
  }

  /** Empty for another scope's database, as for one that does not exist. */
  public Optional<Database> find(Scope scope, String id) {
    return nodes.find(scope, id);
  }

  /**
   * With where it is served. Empty for another scope's database, as for one that does not exist.
   */
  public Optional<QueryTarget> queryTarget(Scope scope, String id) {
    return serving.target(scope, id);
  }

  /**
   * As {@link #find(Scope, String)}, by its name in the scope.
   *
   * @param name in its canonical form
   */
  public Optional<Database> findByName(Scope scope, String name) {
    return nodes.findByName(scope, name);
  }

  /** Those of the ids that are databases of the scope, in no order. */
  public List<Database> find(Scope scope, List<String> ids) {
    return several.byId(scope, ids);
  }

  /**
   * Those of the names that databases of the scope have, in no order.
   *
   * @param names in their canonical form
   */
  public List<Database> findByNames(Scope scope, Collection<String> names) {
    return several.byName(scope, names);
  }

  /**
   * Replaces who may do what with a database, and counts that revision up by one; what is there
   * already stays as it is. Nothing else of the database changes.
   *
   * @param wanted at most one for a principal
   * @param expectedRevision of the grants before
   * @throws NotInInventoryException if there is no such database in the scope
   * @throws RevisionChangedException if somebody else changed them in the meantime
   */
  public Grants replaceGrants(Scope scope, String id, List<Grant> wanted, long expectedRevision) {
    return grants.replace(scope, id, wanted, expectedRevision);
  }

  /**
   * With what is listed as left over of it, and with its schema catalogue. Of one that is gone it
   * takes what is left; does nothing to another scope's.
   *
   * @throws InventoryUnavailableException also while there is more of the catalogue than can be
   *     deleted at once: it is to be repeated
   */
  public void delete(DatabaseRef database) {
    nodes.delete(database);
  }

  /**
   * Writes status, message and time of a check, and nothing else: the revision counts changes of
   * the definition only. Does nothing when the node is gone, or knows a later check. A check of
   * another definition than the inventory's makes the node Failed; a paused database stays paused.
   *
   * @return what the node says since then; empty where nothing was done
   */
  public Optional<HealthSample> recordHealth(HealthReport report) {
    return nodes.recordHealth(report);
  }

  /** A part of the connection is missing: Failed. Otherwise like {@link #recordHealth}. */
  public Optional<HealthSample> recordIncomplete(
      DatabaseRef database, String message, Instant checkedAt) {
    return nodes.recordIncomplete(database, message, checkedAt);
  }

  /**
   * Connections of all tenants in the order of their ids: for comparing with Kubernetes, never for
   * a caller.
   *
   * @param afterId the last id of the page before; empty for the first page
   */
  public List<ConnectionRow> connections(String afterId, int limit) {
    return comparison.connections(afterId, limit);
  }

  /**
   * Replaces what an earlier comparison found. What an abandoned operation left stays listed for as
   * long as anything of its database is there, or it was listed after the comparison began.
   *
   * @param comparedAt when the comparison began
   */
  public void replaceLeftovers(List<Leftover> found, Instant comparedAt) {
    comparison.replaceLeftovers(found, comparedAt);
  }

  /** Lists what an abandoned operation left behind; one that is listed is renewed. */
  public void recordLeftovers(List<Leftover> left) {
    leftovers.record(left);
  }

  /**
   * A scope's leftovers, latest first.
   *
   * @param page from 1
   * @param pageSize 1 to {@value ListQuery#MAX_PAGE_SIZE}
   */
  public LeftoverPage listLeftovers(Scope scope, int page, int pageSize) {
    return leftovers.list(scope, page, pageSize);
  }

  /** What is left of one database; empty for another scope's. */
  public List<Leftover> findLeftovers(Scope scope, String databaseId) {
    return leftovers.find(scope, databaseId);
  }

  /**
   * One page of those databases of a scope that somebody sees.
   *
   * @throws IllegalArgumentException if the cursor is not one of this listing
   */
  public DatabasePage list(Scope scope, Onlooker onlooker, ListQuery query) {
    return listing.list(scope, onlooker, query);
  }

  /**
   * Where DBHub answers for a database, in the order of the instances' names. While a database
   * moves, its new server comes before the one that lets it go.
   */
  public List<ServingEndpoint> servingEndpoints(Scope scope, String id) {
    return serving.endpoints(scope, id);
  }

  public List<ResourceRef> servingInstances(DatabaseRef database) {
    return serving.instances(database);
  }

  /** Every instance that is known in a namespace, whatever it serves. */
  public List<ResourceRef> instances(String namespace) {
    return serving.instances(namespace);
  }

  /** Which instances serve a database, and with which state of its credentials. */
  public ServedDatabase servedBy(DatabaseRef database) {
    return serving.servedBy(database);
  }

  /**
   * Replaces what is known of an instance, but for the servers that the report keeps. Sources
   * without a database id, with an unknown one, or of another resource than the database's own are
   * left out.
   */
  public void recordServing(ServingReport report) {
    serving.record(report);
  }

  /** The instance serves nothing any more. Does nothing when it is not known. */
  public void forgetInstance(ResourceRef instance) {
    serving.forget(instance);
  }

  /**
   * Asks Neo4j for the least it can answer.
   *
   * @throws InventoryUnavailableException if it does not
   */
  public void ping() {
    neo4j.read(tx -> tx.run("RETURN 1").consume());
  }
}
