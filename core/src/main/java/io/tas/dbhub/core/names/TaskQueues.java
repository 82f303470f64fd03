package io.tas.dbhub.core.names;

/** Task queues, one per outside system: a slow one cannot delay the others. */
public final class TaskQueues {
  /** Workflow tasks of every workflow. */
  public static final String WORKFLOWS = "dbhub-workflows";

  public static final String KUBERNETES = "dbhub-kubernetes";
  public static final String INVENTORY = "dbhub-inventory";
  public static final String JDBC = "dbhub-jdbc";

  /** First probes of many new connections, which no target that hangs shall hold up. */
  public static final String FIRST_CHECKS = "dbhub-first-checks";

  /** The DBHub servers, asked as their clients ask them. */
  public static final String DBHUB = "dbhub-dbhub";

  /** Reading whole schemas: long, and never many at once. */
  public static final String SCHEMA = "dbhub-schema";

  /** What runs of schedules begin and wait for. */
  public static final String SCHEDULES = "dbhub-schedules";

  /** Rows of batches, which wait for the operations they begin. */
  public static final String BATCHES = "dbhub-batches";

  /** Queries that schedules ask: each takes as long as its statement. */
  public static final String QUERIES = "dbhub-queries";

  /** Telling others over HTTP: some take their time. */
  public static final String WEBHOOKS = "dbhub-webhooks";

  public static final String JOURNAL = "dbhub-journal";

  private TaskQueues() {}
}
