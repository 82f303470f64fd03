package io.tas.dbhub.dbhub.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the error of a tool is about, as far as DBHub 1.4 and its drivers let one tell. */
public enum Refusal {
  /** The connection is read-only and DBHub does not take the statement for a read. */
  NOT_A_READ,
  /** The database does not let in who DBHub says it is. */
  LOGIN,
  /** The server has no database of that name. */
  NO_DATABASE,
  /** The database cannot be reached, was lost, or takes no more connections now. */
  UNREACHABLE,
  TIMED_OUT,
  /** The statement itself. */
  STATEMENT;

  /** MariaDB's driver puts its connection before a message, and the whole statement after it. */
  private static final Pattern DRIVER =
      Pattern.compile("\\A(\\(conn[:=]-?\\d+[^)]{0,60}\\) )?(.*?)(\\Rsql: .*)?\\z", Pattern.DOTALL);

  // How messages begin. Only beginnings: further on a message quotes names and values of the
  // user's.
  private static final Pattern SLOW =
      beginning(
          "canceling statement due to statement timeout|query read timeout"
              + "|query inactivity timeout|query execution was interrupted"
              + "|timeout: request failed to complete");

  private static final Pattern REFUSED_LOGIN =
      beginning(
          "password authentication failed|access denied for user .*using password"
              + "|login failed|no pg_hba");

  private static final Pattern MISSING_DATABASE =
      beginning("database \".*\" does not exist|unknown database");

  private static final Pattern BROKEN_OFF =
      beginning(
          "connection (terminated|lost|is closed|timed out)|terminating connection"
              + "|timeout exceeded when trying to connect|pool failed to retrieve"
              + "|pool is closed|the database system is |sorry, too many clients"
              + "|too many connections|remaining connection slots|self.signed certificate"
              + "|unable to verify|certificate |the server does not support ssl"
              + "|failed to connect|not connected to|unable to open database"
              + "|can't add new command|getaddrinfo|connect e|read e|write e|socket ");

  static Refusal of(String code, String message) {
    String text = withoutDriver(message);
    return switch (code) {
      case "READONLY_VIOLATION" -> NOT_A_READ;
      case "SOURCE_UNREACHABLE", "TUNNEL_FAILED" -> UNREACHABLE;
      case "AUTH_FAILED" -> LOGIN;
      default -> {
        if (SLOW.matcher(text).lookingAt()) {
          yield TIMED_OUT;
        }
        if (REFUSED_LOGIN.matcher(text).lookingAt()) {
          yield LOGIN;
        }
        if (MISSING_DATABASE.matcher(text).lookingAt()) {
          yield NO_DATABASE;
        }
        yield code.equals("EXECUTION_ERROR") && !BROKEN_OFF.matcher(text).lookingAt()
            ? STATEMENT
            : UNREACHABLE;
      }
    };
  }

  /** What the database said, without what its driver added. */
  static String withoutDriver(String message) {
    Matcher parts = DRIVER.matcher(message);
    return parts.matches() ? parts.group(2) : message;
  }

  private static Pattern beginning(String alternatives) {
    return Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE);
  }
}
