package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The databases that Database resources lead to: some on one PostgreSQL, each with its owner. */
final class OperatorTargets {
  private static final int DATABASES = 10;

  private final PostgresServer server;
  private final List<Target> targets = new ArrayList<>();

  /** One of them. */
  record Target(String host, int port, String database, Login login) {}

  OperatorTargets(PostgresServer server) {
    this.server = server;
    try {
      for (int i = 0; i < DATABASES; i++) {
        Login owner = new Login("bench_" + i, "secret-of-bench-" + i);
        String database = "bench_" + i;
        server.createDatabase(database, owner, "CREATE TABLE bench (id int)");
        targets.add(new Target(server.host(), server.port(), database, owner));
      }
    } catch (SQLException e) {
      throw new EngineException("The target databases could not be created", e);
    }
  }

  /** The resource of the given number leads there. */
  Target of(int number) {
    return targets.get(number % targets.size());
  }

  /** Logins to the target databases so far: each probe is one. */
  long logins() {
    try (Connection connection = server.connect("postgres", server.superuser());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT coalesce(sum(sessions), 0) FROM pg_stat_database"
                    + " WHERE datname LIKE 'bench\\_%'")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new EngineException("PostgreSQL does not tell its sessions", e);
    }
  }
}
