package io.tas.dbhub.api.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What no SQLite connection may do through DBHub, writable or not. SQLite runs inside DBHub's own
 * process: it could open any file there, and while it computes DBHub serves nobody else and no
 * timeout ends it.
 *
 * <p>So a statement must stay in its file, and the plain ways to endless work are refused. Others
 * remain: a join of large tables without a condition, a LIKE with many wildcards over long texts, a
 * recursive view that the file already has. Who must rule those out gives such a database a DBHub
 * instance of its own.
 */
public final class SqliteBounds {
  private static final String OWN_FILE = "A connection has its own file only.";
  private static final String FINITE =
      "SQLite runs inside DBHub, where nothing ends a statement that takes long: ask for what has"
          + " a bound.";

  private static final Set<String> LEAVING = Set.of("attach", "detach");

  /** A width, precision or argument of that much: {@code %*d}, {@code %1000000d}. */
  private static final Pattern WIDE = Pattern.compile("%[^a-zA-Z%]*(\\*|[0-9]{4})");

  private SqliteBounds() {}

  /** Whether the text stays in its bounds. */
  public static ReadOnlyVerdict check(String sql) {
    try {
      for (List<SqlToken> statement : SqlLexer.read(sql, DatabaseType.SQLITE).statements()) {
        Optional<ReadOnlyVerdict> fault = fault(statement);
        if (fault.isPresent()) {
          return fault.get();
        }
      }
      return new ReadOnlyVerdict.Allowed();
    } catch (UnclearSqlException e) {
      return new ReadOnlyVerdict.Refused(e.reason(), e.suggestion());
    }
  }

  private static Optional<ReadOnlyVerdict> fault(List<SqlToken> statement) {
    List<SqlToken> command = unexplained(statement);
    if (!command.isEmpty() && LEAVING.contains(command.get(0).lower())) {
      return refused(command.get(0).lower(), OWN_FILE);
    }
    if (!command.isEmpty() && command.get(0).isWord("vacuum") && has(command, "into")) {
      return refused("vacuum into", OWN_FILE);
    }
    if (!command.isEmpty() && command.get(0).isWord("pragma") && !tells(command)) {
      return refused("this pragma", "Ask for table_info, table_list, index_list and the like.");
    }
    for (int i = 0; i < statement.size(); i++) {
      SqlToken token = statement.get(i);
      // Where SQLite wants a name it takes a text: FROM 'pragma_optimize'.
      Optional<String> acting =
          token.kind() == SqlToken.Kind.STRING
                  && SideEffects.isActingPragma(SqliteRecursion.name(token))
              ? Optional.of(SqliteRecursion.name(token))
              : SideEffects.function(statement, i, DatabaseType.SQLITE);
      if (acting.isPresent()) {
        return refused(acting.get(), OWN_FILE);
      }
      if (token.kind() == SqlToken.Kind.QUOTED_IDENTIFIER && token.text().contains(";")) {
        // DBHub looks for the ends of statements by itself.
        return refused("a name with ';'", "Use another name.");
      }
      if (isFormat(statement, i) && !narrow(statement, i + 2)) {
        return refused(token.lower() + "() of any width", FINITE);
      }
    }
    return SqliteRecursion.found(statement)
        ? refused("a recursive query", FINITE)
        : Optional.empty();
  }

  /** EXPLAIN does not run a statement, but a PRAGMA acts before it is explained. */
  private static List<SqlToken> unexplained(List<SqlToken> statement) {
    int skip = statement.get(0).isWord("explain") ? 1 : 0;
    if (skip < statement.size() && skip == 1 && statement.get(1).isWord("query")) {
      skip = Math.min(3, statement.size());
    }
    return statement.subList(skip, statement.size());
  }

  private static boolean has(List<SqlToken> tokens, String word) {
    return tokens.stream().anyMatch(token -> token.isWord(word));
  }

  /** {@code PRAGMA [schema.]name…} of one that only tells. */
  private static boolean tells(List<SqlToken> pragma) {
    int name = pragma.size() > 2 && pragma.get(2).isSymbol(".") ? 3 : 1;
    return name < pragma.size()
        && SideEffects.isTellingPragma("pragma_" + pragma.get(name).lower());
  }

  private static boolean isFormat(List<SqlToken> tokens, int i) {
    return tokens.get(i).isName()
        && Set.of("printf", "format").contains(tokens.get(i).lower())
        && i + 1 < tokens.size()
        && tokens.get(i + 1).isSymbol("(");
  }

  /** Whether the format is written out, and nothing in it is a thousand wide. */
  private static boolean narrow(List<SqlToken> tokens, int format) {
    return format + 1 < tokens.size()
        && tokens.get(format).kind() == SqlToken.Kind.STRING
        && (tokens.get(format + 1).isSymbol(",") || tokens.get(format + 1).isSymbol(")"))
        && !WIDE.matcher(tokens.get(format).text()).find();
  }

  private static Optional<ReadOnlyVerdict> refused(String what, String suggestion) {
    return Optional.of(
        new ReadOnlyVerdict.Refused(
            "'" + what + "' is not possible on SQLite through DBHub", suggestion));
  }
}
