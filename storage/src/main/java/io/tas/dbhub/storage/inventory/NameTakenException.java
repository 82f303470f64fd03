package io.tas.dbhub.storage.inventory;

/** Another database of the same tenant and space has the name. */
public final class NameTakenException extends RuntimeException {
  public NameTakenException() {
    super("another database of this space has the name");
  }
}
