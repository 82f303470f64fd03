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

  /** What a run of a schedule has come to: a {@link io.tas.dbhub.core.schedule.RunReport}. */
  public static final String RUN = "run";

  /** The name of a schedule. */
  public static final String SCHEDULE_NAME = "schedule_name";

  /** What a schedule does: the name of its {@link io.tas.dbhub.core.schedule.ScheduleKind}. */
  public static final String SCHEDULE_KIND = "schedule_kind";

  private Memos() {}
}
