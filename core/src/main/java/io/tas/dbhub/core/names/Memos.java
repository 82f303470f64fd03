package io.tas.dbhub.core.names;

/** Memo fields of a workflow: facts one reads but does not search by. */
public final class Memos {
  /** The name of the database an operation is about. */
  public static final String DATABASE_NAME = "database_name";

  /** The subject who asked for the operation. */
  public static final String REQUESTED_BY = "requested_by";

  private Memos() {}
}
