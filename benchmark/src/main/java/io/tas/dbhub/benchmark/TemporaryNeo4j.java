package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.engine.ClassPath;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.Neo4jServer;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.storage.inventory.InventoryDriver;
import io.tas.dbhub.storage.inventory.InventorySchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.neo4j.driver.Driver;

/** Neo4j alone, with both compilers, in a directory that goes with it. */
final class TemporaryNeo4j implements AutoCloseable {
  private static final int HEAP_MEGABYTES = 1_024;

  private final Path directory;
  private final Neo4jServer server;
  private final Driver driver;

  private TemporaryNeo4j(Path directory, Neo4jServer server) {
    this.directory = directory;
    this.server = server;
    Login login = server.login();
    this.driver = InventoryDriver.connect(URI.create(server.uri()), login.user(), login.password());
  }

  static TemporaryNeo4j start() {
    try {
      Path directory = Files.createTempDirectory("dbhub-bench");
      TemporaryNeo4j started =
          new TemporaryNeo4j(
              directory,
              Neo4jServer.start(
                  new Neo4jServer.Settings(
                      directory.resolve("neo4j"),
                      new Ports().free(),
                      ClassPath.ofThisProcess(),
                      HEAP_MEGABYTES,
                      true)));
      new InventorySchema(started.driver).ensure();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Driver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.close();
    server.close();
    TemporarySystem.delete(directory);
  }
}
