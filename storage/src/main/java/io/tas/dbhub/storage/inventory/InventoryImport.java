package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;

/** Writes databases as they are, many at once: to bring an inventory back, or to measure one. */
public final class InventoryImport {
  private static final String CREATE =
      """
      UNWIND $databases AS database
      CREATE (d:Database)
      SET d = database.properties
      WITH d, database
      UNWIND database.labels AS label
      CREATE (l:DatabaseLabel)-[:OF]->(d)
      SET l = label""";

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Neo4j neo4j;
  private final NodeMapper mapper = new NodeMapper();

  public InventoryImport(Driver driver) {
    this.neo4j = new Neo4j(driver, LIMIT);
  }

  /**
   * Writes all of them or none, in one transaction: best some hundred at a time. None may be there
   * already.
   *
   * @throws InventoryUnavailableException if Neo4j cannot do it now
   */
  public void write(List<Database> databases) {
    List<Map<String, Object>> rows =
        databases.stream()
            .map(
                database ->
                    Map.<String, Object>of(
                        "properties", mapper.properties(database),
                        "labels", mapper.labels(database)))
            .toList();
    neo4j.write(tx -> tx.run(CREATE, Map.of("databases", rows)).consume());
  }
}
