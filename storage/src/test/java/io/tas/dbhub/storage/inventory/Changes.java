package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Target;
import java.util.Map;

/** Definitions that differ from another in one thing. */
final class Changes {
  private Changes() {}

  static DatabaseDefinition named(DatabaseDefinition of, String name) {
    return definition(of, of.scope(), name, of.target(), of.labels(), of.active());
  }

  static DatabaseDefinition labelled(DatabaseDefinition of, Map<String, String> labels) {
    return definition(of, of.scope(), of.name(), of.target(), labels, of.active());
  }

  static DatabaseDefinition active(DatabaseDefinition of, boolean active) {
    return definition(of, of.scope(), of.name(), of.target(), of.labels(), active);
  }

  static DatabaseDefinition in(DatabaseDefinition of, Scope scope) {
    return definition(of, scope, of.name(), of.target(), of.labels(), of.active());
  }

  static DatabaseDefinition typed(DatabaseDefinition of, DatabaseType type) {
    Target target = of.target();
    return definition(
        of,
        of.scope(),
        of.name(),
        new Target(
            type,
            target.host(),
            target.port(),
            target.database(),
            target.sslMode(),
            target.connectionTimeoutSeconds(),
            target.queryTimeoutSeconds()),
        of.labels(),
        of.active());
  }

  private static DatabaseDefinition definition(
      DatabaseDefinition of,
      Scope scope,
      String name,
      Target target,
      Map<String, String> labels,
      boolean active) {
    return new DatabaseDefinition(
        of.id(),
        scope,
        of.ownerId(),
        name,
        target,
        of.policy(),
        labels,
        of.description(),
        of.color(),
        active);
  }
}
