package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What no SQLite connection may do, writable or not. SQLite runs inside our own process: it could
 * open any file there, and a value of a gigabyte is made in the process's own memory.
 *
 * <p>So a statement must stay in its file, and the plain ways to huge values are refused. The time
 * it takes is bounded where it runs.
 */
public final class SqliteBounds {
  private static final String OWN_FILE = "A connection has its own file only.";
  private static final String SMALL = "Ask for what has a bound: SQLite makes it in our memory.";

  private static final Set<String> LEAVING = Set.of("attach", "detach");
  private static final Set<String> REACHING =
      Set.of(
          "load_extension",
          "readfile",
          "writefile",
          "edit",
          "eval",
          "fts3_tokenizer",
          "fsdir",
          "zipfile",
          "lsdir",
          "lsmode",
          "sqlite_dbpage");
  private static final Set<String> HUGE = Set.of("zeroblob", "randomblob");

  /** A width, precision or argument of that much: {@code %*d}, {@code %1000000d}. */
  private static final Pattern WIDE = Pattern.compile("%[^a-zA-Z%]*(\\*|[0-9]{4})");

  private static final Vocabulary WORDS = Vocabulary.of(DatabaseType.SQLITE);

  private SqliteBounds() {}

  /** Whether the text stays in its bounds. */
  public static ReadOnlyVerdict check(String sql) {
    try {
      for (List<SqlToken> statement : SqlLexer.read(sql, DatabaseType.SQLITE).statements()) {
        Optional<Refusal> fault = fault(statement);
        if (fault.isPresent()) {
          return fault.get().in(sql);
        }
      }
      return new ReadOnlyVerdict.Allowed();
    } catch (UnclearSqlException e) {
      return new ReadOnlyVerdict.Refused(e.reason(), e.suggestion());
    }
  }

  private static Optional<Refusal> fault(List<SqlToken> statement) {
    List<SqlToken> command = unexplained(statement);
    if (!command.isEmpty()) {
      SqlToken first = command.get(0);
      if (LEAVING.contains(first.lower())) {
        return refused(first, first.lower(), OWN_FILE);
      }
      if (first.isWord("vacuum") && command.stream().anyMatch(t -> t.isWord("into"))) {
        return refused(first, "vacuum into", OWN_FILE);
      }
      if (first.isWord("pragma") && !tells(command)) {
        return refused(
            first, "this pragma", "Ask for table_info, table_list, index_list and the like.");
      }
    }
    for (int i = 0; i < statement.size(); i++) {
      Optional<Refusal> fault = fault(statement, i);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> fault(List<SqlToken> statement, int i) {
    SqlToken token = statement.get(i);
    String name = name(token);
    boolean called = i + 1 < statement.size() && statement.get(i + 1).isSymbol("(");
    if (name.startsWith("pragma_") && !WORDS.isFunction(name)) {
      return refused(token, name, OWN_FILE);
    }
    if (WORDS.isActingTable(name) || (called && REACHING.contains(name))) {
      return refused(token, name, OWN_FILE);
    }
    if (called && token.isName() && HUGE.contains(name) && !small(statement, i + 2)) {
      return refused(token, name + "() of any size", SMALL);
    }
    boolean format = called && token.isName() && (name.equals("printf") || name.equals("format"));
    return format && !narrow(statement, i + 2)
        ? refused(token, name + "() of any width", SMALL)
        : Optional.empty();
  }

  /** Where SQLite wants a name it takes a text: {@code FROM 'pragma_optimize'}. */
  private static String name(SqlToken token) {
    boolean text = token.kind() == SqlToken.Kind.STRING && token.text().startsWith("'");
    String lower = token.isName() || text ? token.lower() : "";
    return text ? lower.substring(1, lower.length() - 1) : lower;
  }

  /** EXPLAIN does not run a statement, but a PRAGMA acts before it is explained. */
  private static List<SqlToken> unexplained(List<SqlToken> statement) {
    int skip = statement.get(0).isWord("explain") ? 1 : 0;
    if (skip < statement.size() && skip == 1 && statement.get(1).isWord("query")) {
      skip = Math.min(3, statement.size());
    }
    return statement.subList(skip, statement.size());
  }

  /** {@code PRAGMA [schema.]name…} of one that only tells. */
  private static boolean tells(List<SqlToken> pragma) {
    int at = pragma.size() > 2 && pragma.get(2).isSymbol(".") ? 3 : 1;
    if (at >= pragma.size()) {
      return false;
    }
    String name = name(pragma.get(at));
    boolean bare = at + 1 == pragma.size();
    return WORDS.isFunction("pragma_" + name) || (bare && WORDS.isSetting(name));
  }

  /** A number of a million at most, and nothing more. */
  private static boolean small(List<SqlToken> tokens, int argument) {
    return argument + 1 < tokens.size()
        && tokens.get(argument).text().matches("[0-9]{1,6}")
        && tokens.get(argument + 1).isSymbol(")");
  }

  /** Whether the format is written out, and nothing in it is a thousand wide. */
  private static boolean narrow(List<SqlToken> tokens, int format) {
    return format + 1 < tokens.size()
        && tokens.get(format).kind() == SqlToken.Kind.STRING
        && (tokens.get(format + 1).isSymbol(",") || tokens.get(format + 1).isSymbol(")"))
        && !WIDE.matcher(tokens.get(format).text()).find();
  }

  private static Optional<Refusal> refused(SqlToken at, String what, String suggestion) {
    return Optional.of(
        new Refusal(at, "SQLite may not be asked for '" + what + "' here", suggestion));
  }
}
