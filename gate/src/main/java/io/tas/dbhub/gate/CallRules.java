package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which names may stand before a parenthesis: functions that the dialect itself brings and that
 * only compute, words of the grammar, and what is named there instead of called.
 *
 * <p>A function of the user's own can do anything, and its name tells nothing, so it is refused.
 */
final class CallRules {
  private static final String ACTS = "This connection is read-only: ask without it.";
  private static final String OWN =
      "Functions of your own can write, so on a read-only connection only those that the database"
          + " brings and that only compute may be called: ask for what it computes, or use a view.";
  private static final Set<String> HINTS =
      Set.of(
          "nolock",
          "readuncommitted",
          "readcommitted",
          "readcommittedlock",
          "readpast",
          "rowlock",
          "paglock",
          "nowait",
          "noexpand",
          "snapshot",
          "forceseek",
          "forcescan");

  private final DatabaseType type;
  private final Vocabulary words;

  CallRules(DatabaseType type, Vocabulary words) {
    this.type = type;
    this.words = words;
  }

  /**
   * @param opened where the parenthesis begins that ends before the name; -1 when none does
   */
  Optional<Refusal> fault(List<SqlToken> tokens, int i, int opened) {
    SqlToken name = tokens.get(i);
    boolean called = i + 1 < tokens.size() && tokens.get(i + 1).isSymbol("(");
    boolean part = i > 0 && tokens.get(i - 1).isSymbol(".");
    if (!called) {
      if (part && actsAsAttribute(name)) {
        return acting(name);
      }
      return part && type == DatabaseType.POSTGRES && FieldRules.isOfNoRow(tokens, i - 1, words)
          ? refused(tokens, i)
          : Optional.empty();
    }
    if (part || isStatic(tokens, i)) {
      return qualified(tokens, i) ? Optional.empty() : refused(tokens, i);
    }
    boolean grammar =
        name.kind() == SqlToken.Kind.WORD
            && words.takesBracket(name.lower(), i > 0 ? tokens.get(i - 1).lower() : "");
    return grammar || isNamed(tokens, i, opened) || isKnown(tokens, i)
        ? Optional.empty()
        : refused(tokens, i);
  }

  /** In PostgreSQL x.f calls f(x); in MariaDB's Oracle mode s.nextval takes the next value. */
  private boolean actsAsAttribute(SqlToken name) {
    return switch (type) {
      case POSTGRES -> words.acts(name.lower());
      case MYSQL, MARIADB -> name.lower().equals("nextval");
      case SQLITE, SQLSERVER -> false;
    };
  }

  private boolean isKnown(List<SqlToken> tokens, int i) {
    String name = tokens.get(i).lower();
    // With an argument, MySQL's last_insert_id sets what it tells.
    if (name.equals("last_insert_id") && type != DatabaseType.SQLITE) {
      return type != DatabaseType.SQLSERVER
          && type != DatabaseType.POSTGRES
          && i + 2 < tokens.size()
          && tokens.get(i + 2).isSymbol(")");
    }
    return words.isFunction(name) || words.isExtension(name);
  }

  private static boolean isStatic(List<SqlToken> tokens, int i) {
    return i > 1 && tokens.get(i - 1).isSymbol(":") && tokens.get(i - 2).isSymbol(":");
  }

  private boolean qualified(List<SqlToken> tokens, int i) {
    String name = tokens.get(i).lower();
    String schema = i > 1 ? tokens.get(i - 2).lower() : "";
    boolean deeper = i > 2 && tokens.get(i - 3).isSymbol(".");
    return switch (type) {
      case POSTGRES ->
          isStatic(tokens, i) // A cast to a type with a length.
              || (!deeper && schema.equals("pg_catalog") && words.isFunction(name))
              || (!deeper && words.isExtension(name));
      case MYSQL, MARIADB -> !deeper && words.isFunction(schema + "." + name);
      case SQLITE -> words.isFunction(name);
      case SQLSERVER ->
          words.isFunction(schema + "." + name)
              || (words.isMethod(name) && !schema.equals("dbo"))
              || isHinted(tokens, i);
    };
  }

  /** Whether the name is given there to what stands before or follows, not called. */
  private boolean isNamed(List<SqlToken> tokens, int i, int opened) {
    SqlToken before = i > 0 ? tokens.get(i - 1) : null;
    if (before == null) {
      return false;
    }
    boolean qualified = i > 1 && tokens.get(i - 2).isSymbol(".");
    if (before.isWord("as") && !qualified) {
      return true;
    }
    if (opened >= 0 && isList(tokens, i + 1)) {
      // SELECT DISTINCT ON (a) f(b), SELECT TOP (5) f(b), a OPERATOR(+) f(b)
      SqlToken opener = opened > 0 ? tokens.get(opened - 1) : before;
      return !opener.isWord("on") && !opener.isWord("top") && !opener.isWord("operator");
    }
    return isHinted(tokens, i) || isCommonTable(tokens, i, before);
  }

  /** {@code FROM t (NOLOCK)}. */
  private boolean isHinted(List<SqlToken> tokens, int i) {
    int at = i + 2;
    while (type == DatabaseType.SQLSERVER
        && at + 1 < tokens.size()
        && HINTS.contains(tokens.get(at).lower())) {
      if (tokens.get(at + 1).isSymbol(")")) {
        return true;
      }
      at += tokens.get(at + 1).isSymbol(",") ? 2 : 1;
    }
    return false;
  }

  /** {@code WITH t(a, b) AS (SELECT}. */
  private static boolean isCommonTable(List<SqlToken> tokens, int i, SqlToken before) {
    if (!before.isWord("with") && !before.isWord("recursive") && !before.isSymbol(",")) {
      return false;
    }
    int at = i + 2;
    while (at < tokens.size() && (tokens.get(at).isName() || tokens.get(at).isSymbol(","))) {
      at++;
    }
    if (at + 1 >= tokens.size()
        || !tokens.get(at).isSymbol(")")
        || !tokens.get(at + 1).isWord("as")) {
      return false;
    }
    at += 2;
    while (at < tokens.size()
        && (tokens.get(at).isWord("not") || tokens.get(at).isWord("materialized"))) {
      at++;
    }
    return at + 1 < tokens.size()
        && tokens.get(at).isSymbol("(")
        && (tokens.get(at + 1).isSymbol("(")
            || tokens.get(at + 1).isWord("select")
            || tokens.get(at + 1).isWord("with")
            || (tokens.get(at + 1).isWord("values") && isBracket(tokens, at + 2))
            || tokens.get(at + 1).isWord("table"));
  }

  /** A column can be named values, and is followed by its type. */
  private static boolean isBracket(List<SqlToken> tokens, int at) {
    return at < tokens.size() && (tokens.get(at).isSymbol("(") || tokens.get(at).isWord("row"));
  }

  /** Names, or names with types: {@code (a, b)}, {@code (a int, b numeric(5, 2))}. */
  private static boolean isList(List<SqlToken> tokens, int open) {
    return open + 2 < tokens.size()
        && tokens.get(open + 1).isName()
        && (tokens.get(open + 2).isName()
            || tokens.get(open + 2).isSymbol(",")
            || tokens.get(open + 2).isSymbol(")"));
  }

  private Optional<Refusal> refused(List<SqlToken> tokens, int i) {
    SqlToken name = tokens.get(i);
    return words.acts(name.lower())
        ? acting(name)
        : Optional.of(
            new Refusal(
                name, "the function " + shown(name) + "() is not known to only compute", OWN));
  }

  private static Optional<Refusal> acting(SqlToken name) {
    return Optional.of(
        new Refusal(name, "the function " + shown(name) + "() does more than compute", ACTS));
  }

  private static String shown(SqlToken name) {
    return name.text().length() > 64 ? name.text().substring(0, 64) + "…" : name.text();
  }
}
