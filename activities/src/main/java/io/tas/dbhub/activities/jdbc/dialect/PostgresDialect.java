package io.tas.dbhub.activities.jdbc.dialect;

import io.tas.dbhub.activities.jdbc.net.PinnedSocketFactory;
import io.tas.dbhub.activities.jdbc.net.PinnedTlsFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** PostgreSQL, and what speaks its protocol. */
public final class PostgresDialect implements Dialect {
  /** Holds nothing of the target: the socket factory knows where to go. */
  private static final String URL = "jdbc:postgresql://pinned.invalid/";

  private static final String USER_SCHEMA =
      "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

  @Override
  public Connection open(Login login) throws SQLException {
    Properties options = new Properties();
    String seconds = Integer.toString(login.timeoutSeconds());
    options.setProperty("user", login.credentials().username());
    // Never null: the driver would look for a .pgpass file.
    options.setProperty("password", login.credentials().password());
    if (!login.database().isEmpty()) {
      options.setProperty("PGDBNAME", login.database());
    }
    options.setProperty("socketFactory", PinnedSocketFactory.class.getName());
    options.setProperty("socketFactoryArg", login.pin().token());
    // What is verified is decided by our factory; 'require' keeps the driver from falling back.
    options.setProperty("sslmode", login.sslMode().encrypted() ? "require" : "disable");
    options.setProperty("sslfactory", PinnedTlsFactory.class.getName());
    options.setProperty("sslfactoryarg", login.pin().token());
    options.setProperty("gssEncMode", "disable");
    options.setProperty("jaasLogin", "false");
    options.setProperty("connectTimeout", seconds);
    options.setProperty("socketTimeout", seconds);
    // With a login timeout the driver logs in on a thread of its own; the deadline does this here.
    options.setProperty("loginTimeout", "0");
    options.setProperty("ApplicationName", login.use().applicationName());
    if (login.use() == Login.Use.QUERY) {
      // Every value as the server writes it, and texts of the type that their place has.
      options.setProperty("binaryTransfer", "false");
      options.setProperty("stringtype", "unspecified");
      options.setProperty("prepareThreshold", "0");
      options.setProperty("assumeMinServerVersion", "9.4");
    }
    return new Driver().connect(URL, options);
  }

  @Override
  public Identity identity(Session session) throws SQLException {
    return session.one(
        "SELECT current_setting('server_version'), current_database()",
        row -> new Identity(row.getString(1), row.getString(2)));
  }

  @Override
  public Optional<Long> tables(Session session) throws SQLException {
    return Optional.of(
        session.one(
            "SELECT count(*) FROM (SELECT 1 FROM pg_class c"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND "
                + USER_SCHEMA
                + " AND has_schema_privilege(n.oid, 'USAGE')"
                + " AND (has_table_privilege(c.oid, 'SELECT')"
                + " OR has_any_column_privilege(c.oid, 'SELECT')) LIMIT "
                + MOST_TABLES
                + ") visible",
            row -> row.getLong(1)));
  }

  @Override
  public Optional<Boolean> readOnlyRole(Session session) throws SQLException {
    return Optional.of(
        session.one(
            "SELECT pg_is_in_recovery() OR NOT ("
                + "(SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
                + " OR has_database_privilege(current_database(), 'CREATE')"
                + " OR EXISTS (SELECT 1 FROM pg_namespace n WHERE "
                + USER_SCHEMA
                + " AND has_schema_privilege(n.oid, 'CREATE'))"
                + " OR EXISTS (SELECT 1 FROM pg_class c"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p', 'v', 'f') AND "
                + USER_SCHEMA
                + " AND has_schema_privilege(n.oid, 'USAGE')"
                + " AND (has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')"
                + " OR has_any_column_privilege(c.oid, 'INSERT, UPDATE'))))",
            row -> row.getBoolean(1)));
  }
}
