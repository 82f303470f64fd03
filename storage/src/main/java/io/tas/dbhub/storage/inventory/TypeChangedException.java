package io.tas.dbhub.storage.inventory;

/**
 * A database is of another type than it is said to become; the type is the one thing that stays.
 */
public final class TypeChangedException extends RuntimeException {
  public TypeChangedException() {
    super("the type of a database cannot change");
  }
}
