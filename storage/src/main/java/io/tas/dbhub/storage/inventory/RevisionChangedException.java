package io.tas.dbhub.storage.inventory;

/** The database was changed since it was read. */
public final class RevisionChangedException extends RuntimeException {
  public RevisionChangedException() {
    super("the database was changed since it was read");
  }
}
