package io.tas.dbhub.storage.inventory;

/** Neo4j cannot be reached, does not let us in, or could not do it now. Trying later can help. */
public final class InventoryUnavailableException extends RuntimeException {
  public InventoryUnavailableException(Throwable cause) {
    super("the inventory (Neo4j) is not available", cause);
  }
}
