package io.tas.dbhub.activities.jdbc.dialect;

import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.ConnectionImpl;
import com.mysql.cj.log.NullLogger;
import io.tas.dbhub.activities.jdbc.net.MySqlSockets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** MySQL through Connector/J. */
public final class MySqlDialect extends MySqlQuestions {
  /** Ask the client for files, browsers or tickets of the machine it runs on. */
  private static final String PLUGINS_NOT_FOR_SERVERS =
      "authentication_ldap_sasl_client,authentication_kerberos_client,authentication_oci_client,"
          + "authentication_webauthn_client,authentication_openid_connect_client";

  /**
   * Without a URL at all: the driver's own would be parsed, could name several hosts, and is kept
   * with the password in a cache.
   */
  @Override
  public Connection open(Login login) throws SQLException {
    Map<String, String> options = new HashMap<>();
    options.put(PropertyKey.DBNAME.getKeyName(), login.database());
    set(options, PropertyKey.socketFactory, MySqlSockets.class.getName());
    options.put(MySqlSockets.TOKEN, login.pin().token());
    // What is verified is decided by our sockets; REQUIRED keeps the driver from falling back.
    set(options, PropertyKey.sslMode, login.sslMode().encrypted() ? "REQUIRED" : "DISABLED");
    set(options, PropertyKey.connectTimeout, login.timeoutMillis());
    set(options, PropertyKey.socketTimeout, login.timeoutMillis());
    set(options, PropertyKey.allowLoadLocalInfile, false);
    set(options, PropertyKey.allowUrlInLocalInfile, false);
    set(options, PropertyKey.allowMultiQueries, false);
    // A key that the server sends unasked could be anybody's: the password would be readable to
    // him.
    set(options, PropertyKey.allowPublicKeyRetrieval, false);
    set(options, PropertyKey.disabledAuthenticationPlugins, PLUGINS_NOT_FOR_SERVERS);
    set(options, PropertyKey.autoReconnect, false);
    set(options, PropertyKey.paranoid, true);
    set(options, PropertyKey.connectionAttributes, "none");
    set(options, PropertyKey.logger, NullLogger.class.getName());
    if (login.use() == Login.Use.QUERY) {
      // The server itself binds, and tells numbers and dates as it has them.
      set(options, PropertyKey.useServerPrepStmts, true);
      // How long the server waits for who takes his time is said with each query's bounds.
      set(options, PropertyKey.netTimeoutForStreamingResults, 0);
      set(options, PropertyKey.tinyInt1isBit, false);
      set(options, PropertyKey.yearIsDateType, false);
      set(options, PropertyKey.zeroDateTimeBehavior, "CONVERT_TO_NULL");
    }
    HostInfo host =
        new HostInfo(
            () -> "jdbc:mysql://pinned.invalid/",
            login.pin().address(),
            login.pin().port(),
            login.credentials().username(),
            login.credentials().password(),
            options);
    return ConnectionImpl.getInstance(host);
  }

  private static void set(Map<String, String> options, PropertyKey key, Object value) {
    options.put(key.getKeyName(), value.toString());
  }
}
