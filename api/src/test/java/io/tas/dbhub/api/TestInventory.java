package io.tas.dbhub.api;

import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.InventoryDriver;
import io.tas.dbhub.storage.inventory.InventorySchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.driver.Driver;
import org.neo4j.io.fs.FileUtils;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/** A real Neo4j inside the test's JVM, with the inventory in it. */
public final class TestInventory implements AutoCloseable {
  private final Path directory;
  private final DatabaseManagementService service;
  private final Driver driver;
  final URI uri;
  public final DatabaseInventory databases;
  final SchemaCatalogue catalogue;

  TestInventory() throws IOException {
    directory = Files.createTempDirectory("neo4j");
    service =
        new DatabaseManagementServiceBuilder(directory)
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0))
            .setConfig(HttpConnector.enabled, false)
            .setConfig(GraphDatabaseSettings.auth_enabled, false)
            .setConfig(GraphDatabaseSettings.udc_enabled, false)
            .setConfig(GraphDatabaseSettings.pagecache_memory, 64L << 20)
            .build();
    GraphDatabaseAPI database =
        (GraphDatabaseAPI) service.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
    int port =
        database
            .getDependencyResolver()
            .resolveDependency(ConnectorPortRegister.class)
            .getLocalAddress(ConnectorType.BOLT)
            .getPort();
    uri = URI.create("bolt://127.0.0.1:" + port);
    driver = InventoryDriver.connect(uri, "", "");
    new InventorySchema(driver).ensure();
    databases = new DatabaseInventory(driver);
    catalogue = new SchemaCatalogue(driver);
  }

  @Override
  public void close() throws IOException {
    driver.close();
    service.shutdown();
    FileUtils.deleteDirectory(directory);
  }
}
