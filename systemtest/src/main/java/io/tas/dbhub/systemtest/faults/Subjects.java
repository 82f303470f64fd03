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
  private static final String TABLES =
      """
      CREATE TABLE notes (owner text, note text);
      GRANT SELECT, INSERT ON notes TO PUBLIC;
      CREATE TABLE later (number int PRIMARY KEY, note text)""";

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
      postgres.createDatabase(Subject.DATABASE, postgres.superuser(), TABLES);
    } catch (SQLException e) {
      throw new IllegalStateException("no database to connect to", e);
    }
  }

  Subject next() {
    String id = id();
    return make(id, id);
  }

  /** In the other one's tenant. */
  Subject next(Subject other) {
    return make(id(), other.id());
  }

  private synchronized String id() {
    String id;
    do {
      id = new UUID(random.nextLong(), random.nextLong()).toString();
    } while (!prefixes.add(id.substring(0, 8)));
    return id;
  }

  private synchronized Subject make(String id, String family) {
    return new Subject(id, family, port, next++ % lanes, login("a-" + id), login("b-" + id));
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
