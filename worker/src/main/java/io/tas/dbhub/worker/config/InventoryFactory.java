package io.tas.dbhub.worker.config;

import io.tas.dbhub.storage.inventory.InventoryDriver;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.neo4j.driver.Driver;

/** Where Neo4j is. */
public final class InventoryFactory {
  @NotEmpty public String uri = "bolt://127.0.0.1:7687";
  @NotNull public String user = "neo4j";
  @NotNull public String password = "";

  /** Connects when it is first used, so Neo4j need not be there yet. The caller closes it. */
  public Driver connect() {
    return InventoryDriver.connect(URI.create(uri), user, password);
  }
}
