package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.storage.inventory.InventoryImport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Databases of many tenants, written straight into the inventory. */
record Population(int tenants, int spaces, int perSpace) {
  static final String LABEL = "env";
  private static final List<String> ENVIRONMENTS = List.of("dev", "test", "prod");
  private static final List<DatabaseType> TYPES = List.of(DatabaseType.values());
  private static final Instant FIRST = Instant.parse("2026-06-01T00:00:00Z");
  private static final int AT_ONCE = 500;

  /** Spaces of one tenant have different names, and so have those of two. */
  Scope scope(int space) {
    return new Scope("tenant-" + space % tenants, "space-" + space);
  }

  int total() {
    return spaces * perSpace;
  }

  void write(InventoryImport inventory, Steps steps) {
    for (int space = 0; space < spaces; space++) {
      Scope scope = scope(space);
      for (int from = 0; from < perSpace; from += AT_ONCE) {
        inventory.write(
            IntStream.range(from, Math.min(from + AT_ONCE, perSpace))
                .mapToObj(i -> database(scope, i))
                .toList());
      }
      if ((space + 1) % 10 == 0) {
        steps.say("seeding", "%,d of %,d databases".formatted((space + 1) * perSpace, total()));
      }
    }
  }

  private static Database database(Scope scope, int i) {
    String id = UUID.randomUUID().toString();
    String object = "db-" + id.substring(0, 8);
    Instant created = FIRST.plusSeconds(i);
    return new Database(
        new DatabaseDefinition(
            id,
            scope,
            "ada",
            "team-" + i % 10 + "-" + id,
            new Target(
                TYPES.get(i % TYPES.size()),
                "db-" + i + ".example.com",
                5432,
                "app",
                SslMode.VERIFY_FULL,
                30,
                15),
            new AccessPolicy(true, 1000),
            Map.of(LABEL, ENVIRONMENTS.get(i % ENVIRONMENTS.size()), "team", "team-" + i % 10),
            "what it is for",
            "#336699",
            true),
        new ResourceRef("tas-mcp-servers", object + "-creds"),
        new ResourceRef("tas-mcp-servers", object),
        i % 10 == 7 ? DatabaseStatus.FAILED : DatabaseStatus.CONNECTED,
        i % 10 == 7 ? "The server refuses the password." : "",
        created.plusSeconds(3600),
        created,
        created,
        1);
  }
}
