package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.core.query.ErrorText;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of a target's error what the user is told: scrubbed, and with what would help. */
final class ErrorWords {
  /** The first name in quotes, or what SQLite says behind the colon. */
  private static final Pattern NAMED = Pattern.compile("[\"'`]([^\"'`]+)[\"'`]|: (\\S+)$");

  private static final int SECONDS = 2;

  private ErrorWords() {}

  static QueryError told(QueryError error, int statement, Session session) {
    if (error.kind() == QueryErrorKind.TIMEOUT) {
      return RunningQuery.ending(QueryErrorKind.TIMEOUT, false).error();
    }
    if (error.kind() == QueryErrorKind.CONNECTION) {
      // What a driver says of a broken connection names hosts.
      return new QueryError(
          QueryErrorKind.CONNECTION,
          "The connection to the database broke off.",
          error.code(),
          "Try again; if it stays so, test the connection.",
          statement,
          null,
          null);
    }
    @Nullable String suggestion = error.suggestion();
    if (suggestion == null) {
      suggestion = meant(error, session).orElseGet(() -> usual(error.kind()));
    }
    return new QueryError(
        error.kind(),
        ErrorText.scrub(error.message()),
        error.code(),
        suggestion == null ? null : ErrorText.scrub(suggestion),
        statement,
        error.position(),
        error.parameter());
  }

  private static @Nullable String usual(QueryErrorKind kind) {
    return switch (kind) {
      case SYNTAX -> "Look at the statement where the message points.";
      case PERMISSION -> "Have the database's administrator grant this to the connection's login.";
      case READONLY -> "This connection is read-only: ask, and change nothing.";
      case PARAMETER -> "Send a value of the type that its place has.";
      default -> null;
    };
  }

  private static Optional<String> meant(QueryError error, Session session) {
    String code = error.code();
    Matcher named = NAMED.matcher(error.message());
    if (code == null || !named.find()) {
      return Optional.empty();
    }
    String unknown = named.group(1) == null ? named.group(2) : named.group(1);
    String last = unknown.substring(unknown.lastIndexOf('.') + 1);
    return session
        .engine()
        .namesFor(code)
        .flatMap(question -> nearest(last, names(question, session)))
        .map(name -> "Did you mean \"" + name + "\"?");
  }

  /** None, where the target does not tell. */
  private static List<String> names(String question, Session session) {
    Connection connection = session.connection();
    List<String> names = new ArrayList<>();
    try {
      if (connection.getAutoCommit()) {
        end(connection);
      } else {
        connection.rollback();
      }
      try (Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(SECONDS);
        try (ResultSet rows = statement.executeQuery(question)) {
          while (rows.next()) {
            names.add(rows.getString(1));
          }
        }
      }
    } catch (SQLException e) {
      return List.of();
    }
    return names;
  }

  private static void end(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    }
  }

  /** The name that the fewest changes of a letter lead to, if few do. */
  static Optional<String> nearest(String unknown, List<String> names) {
    String wanted = unknown.toLowerCase(Locale.ROOT);
    int least = Math.max(1, wanted.length() / 3) + 1;
    @Nullable String best = null;
    for (String name : names) {
      if (name != null && Math.abs(name.length() - wanted.length()) < least) {
        int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
        if (distance < least) {
          least = distance;
          best = name;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Letters put in, left out, replaced, or swapped with their neighbour. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
