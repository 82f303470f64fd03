package io.tas.dbhub.core.names;

/** Workflow ids. All changing workflows of a database share one: Temporal refuses the second. */
public final class WorkflowIds {
  private static final String DATABASE = "database-";

  private WorkflowIds() {}

  /** The id of whatever changes this database now. */
  public static String database(String databaseId) {
    return DATABASE + databaseId;
  }

  /** Whether a workflow id is one of {@link #database}. */
  public static boolean isDatabase(String workflowId) {
    return workflowId.startsWith(DATABASE);
  }

  /**
   * @param monitorId the database id, or the resource's uid where it was made by hand
   */
  public static String health(String monitorId) {
    return "health-" + monitorId;
  }

  public static String test(String testId) {
    return "test-" + testId;
  }

  /** Neither a namespace nor an object's name can hold a slash, so no two instances share an id. */
  public static String instance(String namespace, String name) {
    return "instance-" + namespace + "/" + name;
  }
}
