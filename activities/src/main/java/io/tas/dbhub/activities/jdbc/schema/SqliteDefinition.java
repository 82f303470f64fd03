package io.tas.dbhub.activities.jdbc.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a statement that made a table or an index: what stands between the commas of its
 * first brackets. No pragma tells expressions, so they are read here.
 */
final class SqliteDefinition {
  private final List<String> parts = new ArrayList<>();

  SqliteDefinition(String sql) {
    int depth = 0;
    int from = 0;
    for (int at = 0; at < sql.length(); at = next(sql, at)) {
      char c = sql.charAt(at);
      if (c == '(' && depth++ == 0) {
        from = at + 1;
      } else if (c == ',' && depth == 1) {
        parts.add(code(sql.substring(from, at)));
        from = at + 1;
      } else if (c == ')' && --depth == 0) {
        parts.add(code(sql.substring(from, at)));
        return;
      }
    }
  }

  /** Without the comments before it. */
  private static String code(String part) {
    String rest = part.strip();
    while (rest.startsWith("--") || rest.startsWith("/*")) {
      rest = rest.substring(next(rest, 0)).strip();
    }
    return rest;
  }

  /** By its place among the others, from 0. */
  Optional<String> part(int index) {
    return index < parts.size() ? Optional.of(parts.get(index)) : Optional.empty();
  }

  /** The expression that a generated column is made by. */
  Optional<String> generated(String column) {
    return parts.stream().filter(part -> name(part).equals(column)).findFirst().flatMap(this::as);
  }

  /** What stands in the brackets behind the word AS. */
  private Optional<String> as(String part) {
    for (int at = next(part, 0); at < part.length(); at = next(part, at)) {
      int open = at + 2;
      if (part.regionMatches(true, at, "AS", 0, 2)
          && !Character.isLetterOrDigit(part.charAt(at - 1))) {
        while (open < part.length() && Character.isWhitespace(part.charAt(open))) {
          open++;
        }
        if (open < part.length() && part.charAt(open) == '(') {
          return Optional.of(bracketed(part, open));
        }
      }
    }
    return Optional.empty();
  }

  private static String bracketed(String text, int open) {
    int depth = 0;
    for (int at = open; at < text.length(); at = next(text, at)) {
      if (text.charAt(at) == '(') {
        depth++;
      } else if (text.charAt(at) == ')' && --depth == 0) {
        return text.substring(open + 1, at).strip();
      }
    }
    return text.substring(open + 1).strip();
  }

  /** The first word of a column's definition, without quotes. */
  private static String name(String part) {
    int end = 0;
    while (end < part.length() && quote(part.charAt(end)) == 0 && !ends(part.charAt(end))) {
      end++;
    }
    if (end > 0 || part.isEmpty()) {
      return part.substring(0, end);
    }
    char close = quote(part.charAt(0));
    if (close == 0) {
      return "";
    }
    String quoted = part.substring(1, Math.max(1, next(part, 0) - 1));
    return close == ']' ? quoted : quoted.replace("" + close + close, "" + close);
  }

  private static boolean ends(char c) {
    return Character.isWhitespace(c) || c == '(' || c == ',';
  }

  /** With what a quoted text ends; 0 when none begins there. */
  private static char quote(char open) {
    return switch (open) {
      case '\'', '"', '`' -> open;
      case '[' -> ']';
      default -> 0;
    };
  }

  /** Behind the character there, or behind the whole quoted text or comment. */
  private static int next(String sql, int at) {
    char close = at < sql.length() ? quote(sql.charAt(at)) : 0;
    if (close != 0) {
      int end = sql.indexOf(close, at + 1);
      while (end >= 0 && close != ']' && sql.startsWith("" + close, end + 1)) {
        end = sql.indexOf(close, end + 2);
      }
      return end < 0 ? sql.length() : end + 1;
    }
    if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      return end < 0 ? sql.length() : end + 1;
    }
    if (sql.startsWith("/*", at)) {
      int end = sql.indexOf("*/", at + 2);
      return end < 0 ? sql.length() : end + 2;
    }
    return at + 1;
  }
}
