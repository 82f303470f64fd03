package io.tas.dbhub.storage.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.io.fs.FileUtils;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * A real Neo4j inside the test's JVM, started once for all tests, with the inventory's schema.
 * Hands a {@link Driver} to tests, or the {@link URI} that leads to it. Tests keep apart by using a
 * tenant each: see {@link Samples#newScope}.
 */
public final class EmbeddedNeo4j implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Driver.class || type == URI.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Server server =
        context
            .getRoot()
            .getStore(Namespace.create(EmbeddedNeo4j.class))
            .getOrComputeIfAbsent("server", key -> Server.start(), Server.class);
    return parameter.getParameter().getType() == URI.class ? server.uri : server.driver;
  }

  private record Server(Path directory, DatabaseManagementService service, URI uri, Driver driver)
      implements AutoCloseable {
    static Server start() {
      try {
        Path directory = Files.createTempDirectory("neo4j");
        DatabaseManagementService service =
            new DatabaseManagementServiceBuilder(directory)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0))
                .setConfig(HttpConnector.enabled, false)
                .setConfig(GraphDatabaseSettings.auth_enabled, false)
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                .setConfig(GraphDatabaseSettings.pagecache_memory, 64L << 20)
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                .build();
        URI uri = URI.create("bolt://127.0.0.1:" + port(service));
        // Not from InventoryDriver: its limits are for people, and this machine may be busy.
        Driver driver = GraphDatabase.driver(uri);
        new InventorySchema(driver).ensure();
        return new Server(directory, service, uri, driver);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static int port(DatabaseManagementService service) {
      GraphDatabaseAPI database =
          (GraphDatabaseAPI) service.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
      return database
          .getDependencyResolver()
          .resolveDependency(ConnectorPortRegister.class)
          .getLocalAddress(ConnectorType.BOLT)
          .getPort();
    }

    @Override
    public void close() throws IOException {
      driver.close();
      service.shutdown();
      FileUtils.deleteDirectory(directory);
    }
  }
}
