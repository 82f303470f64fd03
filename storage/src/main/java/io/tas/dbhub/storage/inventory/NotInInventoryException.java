package io.tas.dbhub.storage.inventory;

/** The inventory has no database of that id in that scope. */
public final class NotInInventoryException extends RuntimeException {
  public NotInInventoryException() {
    super("the inventory has no such database in this space");
  }
}
