package io.tas.dbhub.core.model;

import java.util.Map;

/**
 * What somebody asked for: a connection with its owner, target and policy.
 *
 * @param id a UUID in its canonical text form
 * @param ownerId the subject who created it
 * @param name unique in its scope, 1 to 255 characters
 * @param labels valid Kubernetes labels, carried by the Database resource
 * @param description empty when there is none
 * @param color a console's label; empty when there is none
 * @param active false pauses probing and takes the database out of DBHub
 */
public record DatabaseDefinition(
    String id,
    Scope scope,
    String ownerId,
    String name,
    Target target,
    AccessPolicy policy,
    Map<String, String> labels,
    String description,
    String color,
    boolean active) {
  public DatabaseDefinition {
    labels = Map.copyOf(labels);
  }

  public DatabaseRef ref() {
    return new DatabaseRef(id, scope);
  }
}
