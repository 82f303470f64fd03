package io.tas.dbhub.activities.jdbc.dialect;

import io.tas.dbhub.activities.jdbc.net.MariaDbSockets;
import io.tas.dbhub.activities.jdbc.net.MariaDbTls;
import java.sql.Connection;
import java.sql.SQLException;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.HostAddress;

/** MariaDB through its own driver. */
public final class MariaDbDialect extends MySqlQuestions {
  /** Without those that ask for tickets of the machine the client runs on. */
  private static final String PLUGINS =
      "mysql_native_password,client_ed25519,parsec,caching_sha2_password,sha256_password,"
          + "mysql_clear_password,dialog";

  /** A constant: only parsing a URL sets up all that the driver's builder needs. */
  private static final String URL = "jdbc:mariadb://192.0.2.1/";

  /** Through the driver's builder: a URL could name pipes and files. */
  @Override
  public Connection open(Login login) throws SQLException {
    Configuration.Builder options =
        Configuration.parse(URL).toBuilder()
            .addresses(HostAddress.from(login.pin().address(), login.pin().port()))
            .user(login.credentials().username())
            .password(login.credentials().password())
            .socketFactory(MariaDbSockets.class.getName())
            .poolName(login.pin().token())
            .pool(false)
            // What is verified is decided by our plugin, 'trust' being the driver's 'encrypt'.
            .sslMode(login.sslMode().encrypted() ? "trust" : "disable")
            .tlsSocketType(MariaDbTls.TYPE)
            .restrictedAuth(PLUGINS)
            .connectTimeout(login.timeoutMillis())
            .socketTimeout(login.timeoutMillis())
            .allowLocalInfile(false)
            .allowMultiQueries(false)
            .allowPublicKeyRetrieval(false)
            .permitRedirect(false)
            .dumpQueriesOnException(false);
    if (login.use() == Login.Use.QUERY) {
      // The server itself binds, and tells numbers as numbers.
      options.useServerPrepStmts(true).cachePrepStmts(false).tinyInt1isBit(false);
      options.yearIsDateType(false);
    }
    if (!login.database().isEmpty()) {
      options.database(login.database());
    }
    return Driver.connect(options.build());
  }
}
