package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.dev.engine.Login;
import java.util.Map;

/**
 * A connection that operations are run on, with logins and a lane of its own.
 *
 * @param family the id of the connection whose tenant it shares; mostly its own
 * @param port where its database is reached
 * @param lane the instance of DBHub that serves it
 * @param a the credentials it begins with
 * @param b the credentials it may change to
 */
record Subject(String id, String family, int port, int lane, Login a, Login b) {
  static final String DATABASE = "faults";
  static final String LANE = "lane";

  /**
   * @param text "1" or "2": what its description says
   */
  DatabaseDefinition definition(String text) {
    return new DatabaseDefinition(
        id,
        new Scope("tenant-" + family.substring(0, 8), "default"),
        "harness",
        // With whose tenant it shares in it: what is done for it is done for that one, too.
        "connection-" + id.substring(0, 8) + (family.equals(id) ? "" : "-" + family),
        new Target(DatabaseType.POSTGRES, "127.0.0.1", port, DATABASE, SslMode.DISABLE, 10, 10),
        new AccessPolicy(false, 1000),
        Map.of(LANE, String.valueOf(lane)),
        text,
        "",
        true);
  }

  /** The same with its own id. */
  DatabaseDefinition named(DatabaseDefinition like) {
    return new DatabaseDefinition(
        id,
        like.scope(),
        like.ownerId(),
        like.name(),
        like.target(),
        like.policy(),
        like.labels(),
        like.description(),
        like.color(),
        like.active());
  }

  DatabaseRef ref() {
    return definition("").ref();
  }

  Login login(String credentials) {
    return credentials.equals("A") ? a : b;
  }

  /** As in {@link Facts}. */
  String credentials(String user, String password) {
    if (new Login(user, password).equals(a)) {
      return "A";
    }
    return new Login(user, password).equals(b) ? "B" : "?";
  }
}
