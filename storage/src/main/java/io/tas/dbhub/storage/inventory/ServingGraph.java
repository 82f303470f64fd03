package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.instance.ServingReport;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.Record;

/** Which DBHub instance serves which database: {@code (:DBHubInstance)-[:SERVES]->(:Database)}. */
final class ServingGraph {
  private static final String FIND_ENDPOINT =
      """
      MATCH (d:Database {id: $id})<-[s:SERVES]-(i:DBHubInstance)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      RETURN i.namespace AS namespace, i.name AS name, i.endpoint AS endpoint,
             s.source_id AS source_id
      ORDER BY namespace, name
      LIMIT 1""";

  private static final String FIND_INSTANCES =
      """
      MATCH (d:Database {id: $id})<-[:SERVES]-(i:DBHubInstance)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      RETURN i.namespace AS namespace, i.name AS name
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
      SET s.source_id = source.source_id""";

  private static final String FORGET =
      "MATCH (i:DBHubInstance {namespace: $namespace, name: $name}) DETACH DELETE i";

  private final Neo4j neo4j;

  ServingGraph(Neo4j neo4j) {
    this.neo4j = neo4j;
  }

  Optional<ServingEndpoint> endpoint(Scope scope, String id) {
    return neo4j.read(
        tx ->
            tx.run(FIND_ENDPOINT, DatabaseNodes.parameters(scope, id)).stream()
                .findFirst()
                .map(
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

  void record(ServingReport report) {
    List<Map<String, String>> sources =
        report.sources().stream()
            .filter(source -> source.databaseId() != null)
            .map(ServingGraph::source)
            .toList();
    List<String> ids = sources.stream().map(source -> source.get("id")).toList();
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

  private static Map<String, String> source(Source source) {
    return Map.of(
        "id", String.valueOf(source.databaseId()),
        "namespace", source.resource().namespace(),
        "name", source.resource().name(),
        "source_id", source.sourceId());
  }

  private static ResourceRef instance(Record row) {
    return new ResourceRef(row.get("namespace").asString(), row.get("name").asString());
  }
}
