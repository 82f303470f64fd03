package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Makes connections' targets: two logins each, in one database. */
final class Subjects {
  private final PostgresServer postgres;
  private final int port;
  private final int lanes;
  private final Random random;
  private final Set<String> prefixes = new HashSet<>();
  private int next;

  /**
   * @param port of the proxy in front of it
   * @param lanes how many instances of DBHub share the connections
   */
  Subjects(PostgresServer postgres, int port, int lanes, long seed) {
    this.postgres = postgres;
    this.port = port;
    this.lanes = lanes;
    this.random = new Random(seed);
    try {
      postgres.createDatabase(Subject.DATABASE, postgres.superuser(), "");
    } catch (SQLException e) {
      throw new IllegalStateException("no database to connect to", e);
    }
  }

  synchronized Subject next() {
    String id;
    do {
      id = new UUID(random.nextLong(), random.nextLong()).toString();
    } while (!prefixes.add(id.substring(0, 8)));
    return new Subject(id, port, next++ % lanes, login("a-" + id), login("b-" + id));
  }

  private Login login(String user) {
    Login login = new Login(user, "CANARY-" + Long.toHexString(random.nextLong()));
    try (Connection admin = postgres.connect(Subject.DATABASE, postgres.superuser());
        Statement statement = admin.createStatement()) {
      statement.execute(
          "CREATE ROLE "
              + statement.enquoteIdentifier(user, true)
              + " LOGIN PASSWORD "
              + statement.enquoteLiteral(login.password()));
    } catch (SQLException e) {
      throw new IllegalStateException("no login", e);
    }
    return login;
  }
}
