package io.tas.dbhub.api.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tas.dbhub.storage.inventory.InventoryDriver;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import org.neo4j.driver.Driver;

/** Where the inventory is. */
public final class InventoryFactory {
  @NotEmpty private String uri = "bolt://127.0.0.1:7687";
  private String user = "";
  private String password = "";

  /** Connects when it is first used, so Neo4j need not be there yet. */
  public Driver driver() {
    return InventoryDriver.connect(URI.create(uri), user, password);
  }

  @JsonProperty
  public void setUri(String uri) {
    this.uri = uri;
  }

  /** Empty for a server without authentication. */
  @JsonProperty
  public void setUser(String user) {
    this.user = user;
  }

  @JsonProperty
  public void setPassword(String password) {
    this.password = password;
  }
}
