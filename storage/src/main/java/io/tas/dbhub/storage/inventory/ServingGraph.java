package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.rotate.ServedDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;

/**
 * Which DBHub instance serves which database: {@code (:DBHubInstance)-[:SERVES]->(:Database)}, with
 * the server of the instance that does, and where. While a database moves from one server to
 * another, both serve it, and there are two of these.
 */
final class ServingGraph {
  /**
   * Where SQL may be run. Of two servers of an instance the one that was told of last: it leaves
   * the other.
   */
  private static final String FIND_ENDPOINTS =
      """
      MATCH (d:Database {id: $id})<-[s:SERVES]-(i:DBHubInstance)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
        AND NOT coalesce(s.search_only, false)
      RETURN i.namespace AS namespace, i.name AS name, s.endpoint AS endpoint,
             s.source_id AS source_id, s.read_only AS read_only, s.max_rows AS max_rows
      ORDER BY namespace, name, s.reported DESC, s.server""";

  /** One request, because every query waits for it. */
  private static final String FIND_TARGET =
      """
      MATCH (d:Database {id: $id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      OPTIONAL MATCH (d)<-[s:SERVES]-(i:DBHubInstance)
      WHERE NOT coalesce(s.search_only, false)
      RETURN d, i.namespace AS namespace, i.name AS name, s.endpoint AS endpoint,
             s.source_id AS source_id, s.read_only AS read_only, s.max_rows AS max_rows
      ORDER BY namespace, name, s.reported DESC, s.server
      LIMIT 1""";

  private static final String FIND_INSTANCES =
      """
      MATCH (d:Database {id: $id})<-[:SERVES]-(i:DBHubInstance)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      RETURN DISTINCT i.namespace AS namespace, i.name AS name
      ORDER BY namespace, name""";

  private static final String FIND_SERVED =
      """
      MATCH (d:Database {id: $id})<-[s:SERVES]-(i:DBHubInstance)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      RETURN i.namespace AS namespace, i.name AS name,
             s.credentials_revision AS credentials_revision
      ORDER BY namespace, name, s.server""";

  /**
   * Counting the report locks the instance: two of them come one after the other. What a server
   * does not serve any more goes, and with it all of a server that is gone.
   */
  private static final String RENEW_INSTANCE =
      """
      MERGE (i:DBHubInstance {namespace: $namespace, name: $name})
      SET i.endpoint = $endpoint, i.reports = coalesce(i.reports, 0) + 1
      WITH i
      MATCH (i)-[s:SERVES]->(d:Database)
      WHERE NOT coalesce(s.server, '') IN $kept
        AND coalesce($servers[d.id], '-') <> coalesce(s.server, '')
      DELETE s""";

  /**
   * A Database resource says itself which node it belongs to, and anyone may write one: it counts
   * only if it is the one that the node names.
   */
  private static final String ADD_SOURCES =
      """
      MATCH (i:DBHubInstance {namespace: $namespace, name: $name})
      UNWIND $sources AS source
      MATCH (d:Database {id: source.id})
      WHERE d.crd_namespace = source.namespace AND d.crd_name = source.name
      MERGE (i)-[s:SERVES {server: source.server}]->(d)
      SET s.endpoint = source.endpoint,
          s.source_id = source.source_id,
          s.credentials_revision = source.credentials_revision,
          s.search_only = source.search_only,
          s.read_only = source.read_only,
          s.max_rows = source.max_rows,
          s.reported = i.reports""";

  private static final String FORGET =
      "MATCH (i:DBHubInstance {namespace: $namespace, name: $name}) DETACH DELETE i";

  private static final String INSTANCES_OF =
      """
      MATCH (i:DBHubInstance {namespace: $namespace})
      RETURN i.namespace AS namespace, i.name AS name
      ORDER BY name""";

  private final Neo4j neo4j;
  private final NodeMapper mapper;

  ServingGraph(Neo4j neo4j, NodeMapper mapper) {
    this.neo4j = neo4j;
    this.mapper = mapper;
  }

  List<ServingEndpoint> endpoints(Scope scope, String id) {
    return neo4j.read(
        tx ->
            tx.run(FIND_ENDPOINTS, DatabaseNodes.parameters(scope, id))
                .list(ServingGraph::endpoint));
  }

  Optional<QueryTarget> target(Scope scope, String id) {
    return neo4j.readOne(FIND_TARGET, DatabaseNodes.parameters(scope, id)).map(this::target);
  }

  private QueryTarget target(Record row) {
    return new QueryTarget(
        mapper.database(row.get("d").asNode()),
        row.get("name").isNull() ? Optional.empty() : Optional.of(endpoint(row)));
  }

  private static ServingEndpoint endpoint(Record row) {
    ServingEndpoint endpoint =
        new ServingEndpoint(
            instance(row), row.get("endpoint").asString(), row.get("source_id").asString());
    return row.get("read_only").isNull()
        ? endpoint
        : new ServingEndpoint(
            endpoint.instance(),
            endpoint.endpoint(),
            endpoint.sourceId(),
            new AccessPolicy(row.get("read_only").asBoolean(), row.get("max_rows").asInt()));
  }

  List<ResourceRef> instances(DatabaseRef database) {
    return neo4j.read(
        tx ->
            tx.run(FIND_INSTANCES, DatabaseNodes.parameters(database.scope(), database.id()))
                .list(ServingGraph::instance));
  }

  List<ResourceRef> instances(String namespace) {
    return neo4j.read(
        tx -> tx.run(INSTANCES_OF, Map.of("namespace", namespace)).list(ServingGraph::instance));
  }

  ServedDatabase servedBy(DatabaseRef database) {
    return neo4j.read(
        tx ->
            new ServedDatabase(
                tx.run(FIND_SERVED, DatabaseNodes.parameters(database.scope(), database.id()))
                    .list(ServingGraph::by)));
  }

  private static ServedDatabase.By by(Record row) {
    Value revision = row.get("credentials_revision");
    return new ServedDatabase.By(instance(row), revision.isNull() ? null : revision.asString());
  }

  void record(ServingReport report) {
    List<Map<String, @Nullable Object>> sources = new ArrayList<>();
    Map<String, String> servers = new HashMap<>();
    for (Source source : report.sources()) {
      String id = source.databaseId();
      String server = source.serverOf(report.instance());
      String endpoint = report.servers().get(server);
      if (id != null && endpoint != null) {
        sources.add(source(source, server, endpoint));
        servers.put(id, server);
      }
    }
    String namespace = report.instance().namespace();
    String name = report.instance().name();
    neo4j.write(
        tx -> {
          tx.run(
                  RENEW_INSTANCE,
                  Map.of(
                      "namespace", namespace,
                      "name", name,
                      "endpoint", report.endpoint(),
                      "servers", servers,
                      "kept", report.kept()))
              .consume();
          return tx.run(
                  ADD_SOURCES, Map.of("namespace", namespace, "name", name, "sources", sources))
              .consume();
        });
  }

  void forget(ResourceRef instance) {
    neo4j.write(
        tx ->
            tx.run(FORGET, Map.of("namespace", instance.namespace(), "name", instance.name()))
                .consume());
  }

  private static Map<String, @Nullable Object> source(
      Source source, String server, String endpoint) {
    // A HashMap, because null is a value here: a Secret whose credentials were never switched.
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("id", source.databaseId());
    row.put("namespace", source.resource().namespace());
    row.put("name", source.resource().name());
    row.put("server", server);
    row.put("endpoint", endpoint);
    row.put("source_id", source.sourceId());
    row.put("credentials_revision", source.credentialsRevision());
    row.put("search_only", source.searchOnly());
    @Nullable AccessPolicy policy = source.policy();
    row.put("read_only", policy == null ? null : policy.readOnly());
    row.put("max_rows", policy == null ? null : policy.maxRows());
    return row;
  }

  private static ResourceRef instance(Record row) {
    return new ResourceRef(row.get("namespace").asString(), row.get("name").asString());
  }
}
