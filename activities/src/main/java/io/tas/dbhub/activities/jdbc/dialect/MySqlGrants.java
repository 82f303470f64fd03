package io.tas.dbhub.activities.jdbc.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the answer of SHOW GRANTS. */
final class MySqlGrants {
  private static final Pattern GRANT = Pattern.compile("(?s)GRANT (.+?) ON .+");

  /**
   * A list of columns, as in {@code SELECT (a, b)}: names in backquotes may hold anything. Without
   * a way back (++, *+) it needs no stack, however long the list.
   */
  private static final Pattern COLUMNS = Pattern.compile("\\((?:[^`()]++|`(?:[^`]++|``)*+`)*+\\)");

  private static final Set<String> READING =
      Set.of(
          "USAGE",
          "SELECT",
          "SHOW VIEW",
          "SHOW DATABASES",
          "SHOW CREATE ROUTINE",
          "PROCESS",
          "LOCK TABLES",
          "CREATE TEMPORARY TABLES",
          "REFERENCES",
          "REPLICATION CLIENT",
          "REPLICATION SLAVE",
          "BINLOG MONITOR",
          "SLAVE MONITOR",
          "REPLICA MONITOR");

  private static final Set<String> WRITING =
      Set.of(
          "ALL PRIVILEGES",
          "INSERT",
          "UPDATE",
          "DELETE",
          "DELETE HISTORY",
          "CREATE",
          "DROP",
          "ALTER",
          "INDEX",
          "TRIGGER",
          "EVENT",
          "CREATE VIEW",
          "CREATE ROUTINE",
          "ALTER ROUTINE",
          "CREATE USER",
          "FILE",
          "SUPER");

  private MySqlGrants() {}

  /**
   * Whether the grants allow reading alone. Empty when one of them could allow more but need not,
   * such as a role or EXECUTE.
   */
  static Optional<Boolean> readOnly(List<String> grants) {
    boolean certain = true;
    for (String grant : grants) {
      Matcher matcher = GRANT.matcher(COLUMNS.matcher(grant).replaceAll(""));
      if (!matcher.matches()) {
        certain = false;
        continue;
      }
      for (String part : matcher.group(1).split(",", -1)) {
        String privilege = part.strip().toUpperCase(Locale.ROOT);
        if (WRITING.contains(privilege)) {
          return Optional.of(false);
        }
        certain &= READING.contains(privilege);
      }
    }
    return certain ? Optional.of(true) : Optional.empty();
  }
}
