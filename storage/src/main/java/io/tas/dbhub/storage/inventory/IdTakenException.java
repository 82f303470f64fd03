package io.tas.dbhub.storage.inventory;

/** The id belongs to a database of another tenant or space, of which nothing more is said. */
public final class IdTakenException extends RuntimeException {
  public IdTakenException() {
    super("the id belongs to a database of another space");
  }
}
