package io.tas.dbhub.core.names;

import java.util.Optional;
import java.util.stream.Stream;

/** Workflow ids. All changing workflows of a database share one: Temporal refuses the second. */
public final class WorkflowIds {
  /** The one workflow that compares Kubernetes with the inventory. */
  public static final String COMPARISON = "compare-inventory";

  /** The one workflow that has schemas read when they are due. */
  public static final String SCHEMAS = "keep-schemas";

  private static final String DATABASE = "database-";
  private static final String SCHEMA = "schema-";
  private static final String SCHEDULE = "schedule-";
  private static final String BATCH = "batch-";

  private WorkflowIds() {}

  /** The id of whatever changes this database now. */
  public static String database(String databaseId) {
    return DATABASE + databaseId;
  }

  /** Whether a workflow id is one of {@link #database}. */
  public static boolean isDatabase(String workflowId) {
    return workflowId.startsWith(DATABASE);
  }

  /** The database's id in one of {@link #database} or {@link #schema}; empty in any other. */
  public static Optional<String> databaseOf(String workflowId) {
    return Stream.of(DATABASE, SCHEMA)
        .filter(workflowId::startsWith)
        .map(prefix -> workflowId.substring(prefix.length()))
        .findFirst();
  }

  /** The id of the sync of this database's schema: there is one at a time. */
  public static String schema(String databaseId) {
    return SCHEMA + databaseId;
  }

  /**
   * @param monitorId the database id, or the resource's uid where it was made by hand
   */
  public static String health(String monitorId) {
    return "health-" + monitorId;
  }

  /**
   * @param batch names the connections that are checked together
   */
  public static String firstChecks(String batch) {
    return "first-checks-" + batch;
  }

  /** Of a schedule, and how the ids of its runs begin. */
  public static String schedule(String scheduleId) {
    return SCHEDULE + scheduleId;
  }

  /** The schedule's id in one of {@link #schedule}; empty in any other. */
  public static Optional<String> scheduleOf(String temporalId) {
    return Optional.of(temporalId)
        .filter(id -> id.startsWith(SCHEDULE))
        .map(id -> id.substring(SCHEDULE.length()));
  }

  /** Of the run of a batch: there is one at a time. */
  public static String batch(String batchId) {
    return BATCH + batchId;
  }

  public static String test(String testId) {
    return "test-" + testId;
  }

  /**
   * @param entryId of the journal's entry that is delivered
   */
  public static String audit(String entryId) {
    return "audit-" + entryId;
  }

  /** An operation's id: a workflow id and one of its runs. */
  public static String operation(String workflowId, String runId) {
    return workflowId + "~" + runId;
  }

  /** Neither a namespace nor an object's name can hold a slash, so no two instances share an id. */
  public static String instance(String namespace, String name) {
    return "instance-" + namespace + "/" + name;
  }
}
