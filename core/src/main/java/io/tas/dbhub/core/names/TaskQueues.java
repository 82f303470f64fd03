package io.tas.dbhub.core.names;

/** Task queues, one per outside system: a slow one cannot delay the others. */
public final class TaskQueues {
  /** Workflow tasks of every workflow. */
  public static final String WORKFLOWS = "dbhub-workflows";

  public static final String KUBERNETES = "dbhub-kubernetes";
  public static final String INVENTORY = "dbhub-inventory";
  public static final String JDBC = "dbhub-jdbc";

  /** The DBHub servers, asked as their clients ask them. */
  public static final String DBHUB = "dbhub-dbhub";

  public static final String JOURNAL = "dbhub-journal";

  private TaskQueues() {}
}
