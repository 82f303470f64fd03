package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.activities.jdbc.TargetConnector;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import java.util.Map;
import java.util.Objects;

/**
 * Reads what tables a target has: over one connection, with a handful of statements however many
 * tables there are. Thread-safe.
 */
public final class SchemaReader {
  private static final Map<DatabaseType, Catalog> CATALOGS =
      Map.of(
          DatabaseType.POSTGRES, new PostgresCatalog(),
          DatabaseType.MYSQL, new MySqlCatalog(false),
          DatabaseType.MARIADB, new MySqlCatalog(true),
          DatabaseType.SQLITE, new SqliteCatalog(),
          DatabaseType.SQLSERVER, new SqlServerCatalog());

  private final TargetConnector connector;
  private final SchemaReaderSettings settings;

  /**
   * @param connector stays the caller's
   */
  public SchemaReader(TargetConnector connector, SchemaReaderSettings settings) {
    this.connector = connector;
    this.settings = settings;
  }

  /**
   * Reads all of it, and lets the target go.
   *
   * @param alive called about once a second, on the caller's thread; what it throws ends the
   *     reading and comes out
   * @return the caller's to close
   * @throws TargetConnector.RefusedException when the target does not let us in
   * @throws SchemaUnreadableException when it let us in and then did not tell, or not in time
   * @throws InterruptedException when the caller is interrupted, which ends the reading
   */
  public SpooledSchema read(Target target, Credentials credentials, Runnable alive)
      throws TargetConnector.RefusedException, SchemaUnreadableException, InterruptedException {
    Catalog catalog = Objects.requireNonNull(CATALOGS.get(target.type()));
    Reading reading = new Reading(connector, settings, catalog, target, credentials);
    // A driver can hang where nothing wakes it, so it has a thread that can be left behind.
    Thread thread = new Thread(reading, "schema-reader");
    thread.setDaemon(true);
    thread.start();
    return reading.await(alive);
  }
}
