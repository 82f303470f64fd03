package io.tas.dbhub.workflows.steps;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;

/** What stays behind of a connection, in words that lead a person to it. */
public final class Lefts {
  private Lefts() {}

  public static String secret(DatabaseRef database) {
    return "the Secret labelled " + label(database);
  }

  public static String resource(DatabaseRef database) {
    return "the Database resource labelled " + label(database);
  }

  public static String node(DatabaseRef database) {
    return "the inventory node " + database.id();
  }

  public static String newCredentials(ResourceRef secret) {
    return "the new credentials in Secret " + path(secret);
  }

  public static String newDefinition(ResourceRef resource) {
    return "the new definition in the Database resource " + path(resource);
  }

  public static String newDefinition(DatabaseRef database) {
    return "the new definition in the inventory node " + database.id();
  }

  private static String path(ResourceRef object) {
    return object.namespace() + "/" + object.name();
  }

  private static String label(DatabaseRef database) {
    return Kubernetes.DATABASE_ID + "=" + database.id();
  }
}
