package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.rotate.ServedDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;

/** Which DBHub instance serves which database: {@code (:DBHubInstance)-[:SERVES]->(:Database)}. */
final class ServingGraph {
  private static final String FIND_ENDPOINTS =
      """
      MATCH (d:Database {id: $id})<-[s:SERVES]-(i:DBHubInstance)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      RETURN i.namespace AS namespace, i.name AS name, i.endpoint AS endpoint,
             s.source_id AS source_id
      ORDER BY namespace, name""";

  private static final String FIND_INSTANCES =
      """
      MATCH (d:Database {id: $id})<-[:SERVES]-(i:DBHubInstance)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      RETURN i.namespace AS namespace, i.name AS name
      ORDER BY namespace, name""";

  private static final String FIND_SERVED =
      """
      MATCH (d:Database {id: $id})<-[s:SERVES]-(i:DBHubInstance)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      RETURN i.namespace AS namespace, i.name AS name,
             s.credentials_revision AS credentials_revision
      ORDER BY namespace, name""";

  /** Setting the endpoint locks the instance: two reports of it come one after the other. */
  private static final String RENEW_INSTANCE =
      """
      MERGE (i:DBHubInstance {namespace: $namespace, name: $name})
      SET i.endpoint = $endpoint
      WITH i
      MATCH (i)-[s:SERVES]->(d:Database)
      WHERE NOT d.id IN $ids
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
      MERGE (i)-[s:SERVES]->(d)
      SET s.source_id = source.source_id,
          s.credentials_revision = source.credentials_revision""";

  private static final String FORGET =
      "MATCH (i:DBHubInstance {namespace: $namespace, name: $name}) DETACH DELETE i";

  private static final String INSTANCES_OF =
      """
      MATCH (i:DBHubInstance {namespace: $namespace})
      RETURN i.namespace AS namespace, i.name AS name
      ORDER BY name""";

  private final Neo4j neo4j;

  ServingGraph(Neo4j neo4j) {
    this.neo4j = neo4j;
  }

  List<ServingEndpoint> endpoints(Scope scope, String id) {
    return neo4j.read(
        tx ->
            tx.run(FIND_ENDPOINTS, DatabaseNodes.parameters(scope, id))
                .list(
                    row ->
                        new ServingEndpoint(
                            instance(row),
                            row.get("endpoint").asString(),
                            row.get("source_id").asString())));
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
    List<Map<String, @Nullable String>> sources =
        report.sources().stream()
            .filter(source -> source.databaseId() != null)
            .map(ServingGraph::source)
            .toList();
    List<@Nullable String> ids = sources.stream().map(source -> source.get("id")).toList();
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
                      "ids", ids))
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

  private static Map<String, @Nullable String> source(Source source) {
    // A HashMap, because null is a value here: a Secret whose credentials were never switched.
    Map<String, @Nullable String> row = new HashMap<>();
    row.put("id", source.databaseId());
    row.put("namespace", source.resource().namespace());
    row.put("name", source.resource().name());
    row.put("source_id", source.sourceId());
    row.put("credentials_revision", source.credentialsRevision());
    return row;
  }

  private static ResourceRef instance(Record row) {
    return new ResourceRef(row.get("namespace").asString(), row.get("name").asString());
  }
}
