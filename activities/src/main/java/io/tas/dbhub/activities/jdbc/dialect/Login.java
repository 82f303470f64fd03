package io.tas.dbhub.activities.jdbc.dialect;

import io.tas.dbhub.activities.jdbc.net.Pin;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.sealing.Credentials;

/**
 * What a driver needs to log in.
 *
 * @param pin connected
 * @param database empty for the engine's default
 * @param timeoutMillis the longest the driver may wait for an answer; at least 1000
 * @param use what the connection is for
 */
public record Login(
    Pin pin,
    String database,
    Credentials credentials,
    SslMode sslMode,
    int timeoutMillis,
    Use use) {
  /** What a connection is for. */
  public enum Use {
    /** One question, of ours. */
    PROBE("dbhub-probe"),
    /** Users' statements, one after the other; values have to arrive as the server has them. */
    QUERY("dbhub-query");

    private final String applicationName;

    Use(String applicationName) {
      this.applicationName = applicationName;
    }

    /** As which the connection is seen at the server. */
    String applicationName() {
      return applicationName;
    }
  }

  /** Of a probe. */
  public Login(
      Pin pin, String database, Credentials credentials, SslMode sslMode, int timeoutMillis) {
    this(pin, database, credentials, sslMode, timeoutMillis, Use.PROBE);
  }

  /** For the options that are in whole seconds. */
  int timeoutSeconds() {
    return Math.max(1, timeoutMillis / 1000);
  }
}
