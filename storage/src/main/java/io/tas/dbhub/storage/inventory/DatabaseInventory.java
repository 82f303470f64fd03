package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import java.time.Clock;
import java.time.Duration;
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
  private final DatabaseListing listing;
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
    this.listing = new DatabaseListing(neo4j, mapper);
    this.serving = new ServingGraph(neo4j);
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
    return nodes.create(definition, secret, resource);
  }

  /** Empty for another scope's database, as for one that does not exist. */
  public Optional<Database> find(Scope scope, String id) {
    return nodes.find(scope, id);
  }

  /** Does nothing when it is gone, or another scope's. */
  public void delete(DatabaseRef database) {
    nodes.delete(database);
  }

  /**
   * Writes status, message and time of a check, and nothing else: the revision counts changes of
   * the definition only. Does nothing when the node is gone, or knows a later check.
   */
  public void recordHealth(HealthReport report) {
    nodes.recordHealth(report);
  }

  /**
   * One page of a scope's databases.
   *
   * @throws IllegalArgumentException if the cursor is not one of this listing
   */
  public DatabasePage list(Scope scope, ListQuery query) {
    return listing.list(scope, query);
  }

  /** Where DBHub answers for a database; empty while no instance serves it. */
  public Optional<ServingEndpoint> servingEndpoint(Scope scope, String id) {
    return serving.endpoint(scope, id);
  }

  public List<ResourceRef> servingInstances(DatabaseRef database) {
    return serving.instances(database);
  }

  /**
   * Replaces what is known of an instance. Sources without a database id, with an unknown one, or
   * of another resource than the database's own are left out.
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
