package io.tas.dbhub.activities.jdbc.dialect;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import io.tas.dbhub.activities.jdbc.net.PinnedSocketFactory;
import io.tas.dbhub.activities.jdbc.net.SqlServerTrust;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Microsoft SQL Server. */
public final class SqlServerDialect implements Dialect {
  /** Tables on which a right to write is looked for; with more it is not certain. */
  private static final int TABLES_LOOKED_AT = 500;

  /**
   * The driver looks the host's name up once more, from the JVM's cache, and ignores what it finds
   * because the socket is connected. It needs the name for the certificate.
   *
   * <p>With {@code disable} the login itself is still encrypted where the server can, as this
   * protocol always does, and nothing after it.
   */
  @Override
  public Connection open(Login login) throws SQLException {
    SQLServerDataSource source = new SQLServerDataSource();
    source.setServerName(login.pin().host());
    source.setPortNumber(login.pin().port());
    source.setUser(login.credentials().username());
    source.setPassword(login.credentials().password());
    if (!login.database().isEmpty()) {
      source.setDatabaseName(login.database());
    }
    source.setSocketFactoryClass(PinnedSocketFactory.class.getName());
    source.setSocketFactoryConstructorArg(login.pin().token());
    source.setEncrypt(login.sslMode().encrypted() ? "true" : "false");
    source.setTrustServerCertificate(false);
    source.setTrustManagerClass(SqlServerTrust.class.getName());
    source.setTrustManagerConstructorArg(login.pin().token());
    source.setLoginTimeout(login.timeoutSeconds());
    source.setSocketTimeout(login.timeoutMillis());
    source.setConnectRetryCount(0);
    source.setMultiSubnetFailover(false);
    source.setTransparentNetworkIPResolution(false);
    source.setIntegratedSecurity(false);
    source.setAuthentication("NotSpecified");
    source.setApplicationName(login.use().applicationName());
    return source.getConnection();
  }

  @Override
  public Identity identity(Session session) throws SQLException {
    return session.one(
        "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)), ISNULL(DB_NAME(), '')",
        row -> new Identity(row.getString(1), row.getString(2)));
  }

  @Override
  public Optional<Long> tables(Session session) throws SQLException {
    return Optional.of(
        session.one(
            "SELECT COUNT_BIG(*) FROM (SELECT TOP ("
                + MOST_TABLES
                + ") object_id FROM sys.objects"
                + " WHERE type IN ('U', 'V') AND is_ms_shipped = 0) visible",
            row -> row.getLong(1)));
  }

  @Override
  public Optional<Boolean> readOnlyRole(Session session) throws SQLException {
    int writing =
        session.one(
            "SELECT CASE"
                + " WHEN DATABASEPROPERTYEX(DB_NAME(), 'Updateability') = 'READ_ONLY' THEN 0"
                + " WHEN HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'INSERT') = 1"
                + " OR HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'UPDATE') = 1"
                + " OR HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'DELETE') = 1"
                + " OR HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'CREATE TABLE') = 1"
                + " OR HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'ALTER') = 1 THEN 1"
                + " WHEN EXISTS (SELECT 1 FROM (SELECT TOP ("
                + TABLES_LOOKED_AT
                + ") QUOTENAME(SCHEMA_NAME(schema_id)) + '.' + QUOTENAME(name) AS full_name"
                + " FROM sys.objects WHERE type IN ('U', 'V') AND is_ms_shipped = 0) visible"
                + " WHERE HAS_PERMS_BY_NAME(full_name, 'OBJECT', 'INSERT') = 1"
                + " OR HAS_PERMS_BY_NAME(full_name, 'OBJECT', 'UPDATE') = 1"
                + " OR HAS_PERMS_BY_NAME(full_name, 'OBJECT', 'DELETE') = 1) THEN 1"
                + " WHEN (SELECT COUNT(*) FROM sys.objects"
                + " WHERE type IN ('U', 'V') AND is_ms_shipped = 0) > "
                + TABLES_LOOKED_AT
                + " THEN 2 ELSE 0 END",
            row -> row.getInt(1));
    return writing == 2 ? Optional.empty() : Optional.of(writing == 0);
  }
}
