package io.tas.dbhub.workflows;

import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.provision.ProvisionRequest;
import io.tas.dbhub.core.sealing.SealedCredentials;
import java.util.Map;

/** Values that tests share. */
public final class Samples {
  private Samples() {}

  public static DatabaseDefinition definition(String id) {
    return new DatabaseDefinition(
        id,
        new Scope("acme", "sales"),
        "ada",
        "orders",
        new Target(DatabaseType.POSTGRES, "db.example", 5432, "orders", SslMode.REQUIRE, 30, 15),
        new AccessPolicy(true, 1000),
        Map.of(),
        "",
        "",
        true);
  }

  public static ProvisionRequest request(String id) {
    return new ProvisionRequest(definition(id), new SealedCredentials("c2VhbGVk"));
  }

  /** The same, somewhere else. */
  public static DatabaseDefinition at(DatabaseDefinition like, String host) {
    Target target = like.target();
    return with(
        like,
        like.name(),
        new Target(
            target.type(),
            host,
            target.port(),
            target.database(),
            target.sslMode(),
            target.connectionTimeoutSeconds(),
            target.queryTimeoutSeconds()),
        like.active());
  }

  public static DatabaseDefinition named(DatabaseDefinition like, String name) {
    return with(like, name, like.target(), like.active());
  }

  public static DatabaseDefinition inactive(DatabaseDefinition like) {
    return with(like, like.name(), like.target(), false);
  }

  /** A database that is a file. */
  public static DatabaseDefinition file(DatabaseDefinition like) {
    return with(
        like,
        like.name(),
        new Target(DatabaseType.SQLITE, "", 0, "orders.db", SslMode.DISABLE, 30, 15),
        like.active());
  }

  private static DatabaseDefinition with(
      DatabaseDefinition like, String name, Target target, boolean active) {
    return new DatabaseDefinition(
        like.id(),
        like.scope(),
        like.ownerId(),
        name,
        target,
        like.policy(),
        like.labels(),
        like.description(),
        like.color(),
        active);
  }
}
