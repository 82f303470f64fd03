package io.tas.dbhub.core.names;

/** Memo fields of a workflow: facts one reads but does not search by. */
public final class Memos {
  /** The name of the database an operation is about. */
  public static final String DATABASE_NAME = "database_name";

  /** The subject who asked for the operation. */
  public static final String REQUESTED_BY = "requested_by";

  /** The address the request came from. */
  public static final String REQUESTED_FROM = "requested_from";

  /**
   * Names the request that started it: whoever lost the answer to theirs tells their own operation
   * from another's.
   */
  public static final String REQUEST = "request";

  /** The step that waits for a decision: a {@link io.tas.dbhub.core.decision.ParkedStep}. */
  public static final String PARKED = "parked";

  private Memos() {}
}
