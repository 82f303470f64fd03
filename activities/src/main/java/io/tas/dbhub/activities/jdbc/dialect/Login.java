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
 */
public record Login(
    Pin pin, String database, Credentials credentials, SslMode sslMode, int timeoutMillis) {
  /** For the options that are in whole seconds. */
  int timeoutSeconds() {
    return Math.max(1, timeoutMillis / 1000);
  }
}
