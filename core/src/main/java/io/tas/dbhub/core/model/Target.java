package io.tas.dbhub.core.model;

/**
 * Where a connection leads and how long one waits for it. Holds no credentials.
 *
 * @param host hostname or IP address; empty for a type that is a file
 * @param port 1 to 65535; 0 for a type that is a file
 * @param database database name, or the path of the file inside the configured directory
 * @param connectionTimeoutSeconds 1 to 300
 * @param queryTimeoutSeconds 1 to 3600
 */
public record Target(
    DatabaseType type,
    String host,
    int port,
    String database,
    SslMode sslMode,
    int connectionTimeoutSeconds,
    int queryTimeoutSeconds) {

  /**
   * The same target as Kubernetes, probes and DBHub see it: a tenant names files inside a folder of
   * its own, so that none can name another's.
   */
  public Target inside(Scope scope) {
    return type.networked()
        ? this
        : new Target(
            type,
            host,
            port,
            scope.tenantId() + "/" + database,
            sslMode,
            connectionTimeoutSeconds,
            queryTimeoutSeconds);
  }
}
