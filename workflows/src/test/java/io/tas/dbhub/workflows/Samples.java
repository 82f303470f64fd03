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
}
