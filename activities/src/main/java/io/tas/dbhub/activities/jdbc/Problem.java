package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.jdbc.dialect.Printable;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.Target;

/**
 * Everything that can be wrong with a target, in our words. {@code {where}} becomes host and port,
 * {@code {database}} the database's name, {@code {engine}} the engine's.
 */
enum Problem {
  MALFORMED_HOST(
      ErrorKind.CONFIGURATION,
      Step.RESOLVE,
      "The host is neither a hostname nor an IP address.",
      "Give the host alone, without protocol, port, path or options."),
  UNKNOWN_HOST(
      ErrorKind.CONNECTION,
      Step.RESOLVE,
      "The host of {where} has no address.",
      "Check the hostname, and that it can be resolved where the worker runs."),
  LOOKUP_TOO_SLOW(
      ErrorKind.TIMEOUT,
      Step.RESOLVE,
      "The address of {where} was not found in time.",
      "Check the name servers of the worker."),
  FORBIDDEN_ADDRESS(
      ErrorKind.PERMISSION,
      Step.RESOLVE,
      "{where} leads to an address that must not be connected to.",
      "Use the database's own address. Link-local, metadata and loopback addresses and the control"
          + " plane's own engines are refused."),
  UNREACHABLE(
      ErrorKind.CONNECTION,
      Step.CONNECT,
      "Nothing takes connections at {where}.",
      "Check host and port, that the server runs, and that a firewall lets the worker through."),
  CONNECT_TIMEOUT(
      ErrorKind.TIMEOUT,
      Step.CONNECT,
      "{where} did not take the connection in time.",
      "Check host and port, and that a firewall lets the worker through."),
  BROKE_OFF(
      ErrorKind.CONNECTION,
      Step.CONNECT,
      "{where} took the connection and broke it off.",
      "Check that {engine} listens there, and its log for the reason."),
  SILENT(
      ErrorKind.TIMEOUT,
      Step.CONNECT,
      "{where} took the connection and did not answer in time.",
      "Check that {engine} listens there and is not overloaded."),
  NOT_THE_ENGINE(
      ErrorKind.CONNECTION,
      Step.CONNECT,
      "What answers at {where} does not speak the protocol of {engine}.",
      "Check the port and the type of the database."),
  FLOODED(
      ErrorKind.CONNECTION,
      Step.CONNECT,
      "What answers at {where} sends more than {engine} ever does to a probe.",
      "Check the port and the type of the database, and that you trust the server."),
  TLS_NOT_OFFERED(
      ErrorKind.TLS,
      Step.TLS,
      "The server at {where} does not offer TLS.",
      "Turn TLS on at the server, or set the SSL mode to disable on a network you trust."),
  TLS_DEMANDED(
      ErrorKind.TLS,
      Step.AUTHENTICATE,
      "The server at {where} takes encrypted connections only.",
      "Set the SSL mode to require, verify-ca or verify-full."),
  TLS_FAILED(
      ErrorKind.TLS,
      Step.TLS,
      "No TLS could be agreed on with {where}.",
      "Check the TLS versions and ciphers of the server; TLS 1.2 or later is needed."),
  CERTIFICATE_UNTRUSTED(
      ErrorKind.TLS,
      Step.TLS,
      "The certificate of {where} comes from no authority the worker trusts.",
      "Add the authority to the worker's CA file, or set the SSL mode to require, which checks no"
          + " certificate."),
  CERTIFICATE_OUT_OF_DATE(
      ErrorKind.TLS,
      Step.TLS,
      "The certificate of {where} has expired or is not valid yet.",
      "Renew the server's certificate."),
  CERTIFICATE_WRONG_HOST(
      ErrorKind.TLS,
      Step.TLS,
      "The certificate of {where} is for another host.",
      "Use the host the certificate names, or set the SSL mode to verify-ca."),
  LOGIN_REFUSED(
      ErrorKind.AUTHENTICATION,
      Step.AUTHENTICATE,
      "The server at {where} does not accept username and password.",
      "Check both; the login must exist and be enabled."),
  LOGIN_NOT_FROM_HERE(
      ErrorKind.AUTHENTICATION,
      Step.AUTHENTICATE,
      "The server at {where} does not let this login in from here, or not in this way.",
      "Check the server's access rules (in PostgreSQL pg_hba.conf) for this login, database,"
          + " worker address and SSL mode."),
  PASSWORD_EXPIRED(
      ErrorKind.AUTHENTICATION,
      Step.AUTHENTICATE,
      "The password for {where} has expired or must be changed.",
      "Set a new password at the server and rotate the credentials."),
  LOGIN_METHOD(
      ErrorKind.AUTHENTICATION,
      Step.AUTHENTICATE,
      "The server at {where} asks for a way of logging in that is not supported.",
      "Use a login with a password; over an unencrypted connection some kinds of password need SSL"
          + " mode require."),
  TOO_MANY_CONNECTIONS(
      ErrorKind.CONNECTION,
      Step.AUTHENTICATE,
      "The server at {where} has no connection left.",
      "Close idle connections, or raise the limit of the server or of the login."),
  HOST_BLOCKED(
      ErrorKind.CONNECTION,
      Step.AUTHENTICATE,
      "The server at {where} has blocked the worker's address.",
      "Unblock it at the server, in MySQL by FLUSH HOSTS."),
  NOT_READY(
      ErrorKind.CONNECTION,
      Step.AUTHENTICATE,
      "The server at {where} is starting up, shutting down or paused.",
      "Wait until it is up."),
  UNKNOWN_DATABASE(
      ErrorKind.CONFIGURATION,
      Step.QUERY,
      "There is no database {database} at {where}.",
      "Check the name of the database, capital letters included."),
  NO_ACCESS_TO_DATABASE(
      ErrorKind.PERMISSION,
      Step.QUERY,
      "The login may not use the database {database} at {where}, or it does not exist.",
      "Check the name, and grant the login access to the database."),
  NO_PERMISSION(
      ErrorKind.PERMISSION,
      Step.QUERY,
      "The login at {where} may not read the catalog.",
      "Grant the login the right to connect to and read the database."),
  STATEMENT_REFUSED(
      ErrorKind.SYNTAX,
      Step.QUERY,
      "The server at {where} did not understand the probe's statement.",
      "Check the type of the database; this one answers like a different engine."),
  NO_DATABASE(
      ErrorKind.CONFIGURATION,
      Step.QUERY,
      "The connection to {where} names no database.",
      "Name the database that is meant."),
  CATALOG_LOCKED(
      ErrorKind.TIMEOUT,
      Step.QUERY,
      "Something in the database at {where} stayed locked for too long.",
      "Find the transaction that changes or locks tables there, and end it."),
  NO_SQLITE_DIRECTORY(
      ErrorKind.PERMISSION,
      Step.RESOLVE,
      "SQLite files are not allowed here: no directory is configured for them.",
      "Configure the worker's SQLite directory."),
  FILE_NOT_ALLOWED(
      ErrorKind.PERMISSION,
      Step.RESOLVE,
      "The path of the SQLite file leads out of the configured directory.",
      "Give a path inside the directory; links that lead out of it are refused."),
  FILE_MISSING(
      ErrorKind.CONFIGURATION,
      Step.RESOLVE,
      "There is no SQLite file {database}.",
      "Check the path; it is relative to the tenant's folder in the worker's SQLite directory."),
  FILE_LOCKED(
      ErrorKind.TIMEOUT,
      Step.QUERY,
      "The SQLite file is locked by another process.",
      "Find the process that keeps a transaction open on it."),
  NOT_A_DATABASE(
      ErrorKind.CONFIGURATION,
      Step.QUERY,
      "The file is not a SQLite database, or is damaged.",
      "Check the path, and the file with PRAGMA integrity_check."),
  FILE_UNREADABLE(
      ErrorKind.PERMISSION,
      Step.CONNECT,
      "The SQLite file cannot be read.",
      "Let the worker's user read the file."),
  UNFORESEEN(
      ErrorKind.UNKNOWN,
      Step.CONNECT,
      "Something in the probe of {where} went wrong that nothing foresaw.",
      "Check the port and the type of the database. If both are right this is a bug: the worker's"
          + " log names the error."),
  UNKNOWN(
      ErrorKind.UNKNOWN,
      Step.CONNECT,
      "The probe of {where} failed for a reason it does not know.",
      "Look into the log of {engine} for the time of the probe.");

  private static final int LONGEST_NAME = 100;

  private final ErrorKind kind;
  private final Step step;
  private final String message;
  private final String suggestion;

  Problem(ErrorKind kind, Step step, String message, String suggestion) {
    this.kind = kind;
    this.step = step;
    this.message = message;
    this.suggestion = suggestion;
  }

  /** The earliest step it can belong to. */
  Step step() {
    return step;
  }

  ConnectionError of(Target target) {
    return new ConnectionError(kind, fill(message, target), fill(suggestion, target));
  }

  private static String fill(String text, Target target) {
    // The name last: it is free text, and could itself hold a placeholder.
    return text.replace("{engine}", engine(target))
        .replace("{where}", where(target))
        .replace("{database}", "\"" + Printable.of(database(target), LONGEST_NAME) + "\"");
  }

  /** As its tenant wrote it: the first folder of a file's path is the tenant's, and was added. */
  private static String database(Target target) {
    String name = target.database();
    return target.type().networked() ? name : name.substring(name.indexOf('/') + 1);
  }

  private static String engine(Target target) {
    return switch (target.type()) {
      case POSTGRES -> "PostgreSQL";
      case MYSQL -> "MySQL";
      case MARIADB -> "MariaDB";
      case SQLSERVER -> "SQL Server";
      case SQLITE -> "SQLite";
    };
  }

  private static String where(Target target) {
    if (!target.type().networked()) {
      return "the file";
    }
    String host = Printable.of(target.host(), LONGEST_NAME);
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + target.port();
  }
}
