package io.tas.dbhub.api.gate;

import io.tas.dbhub.api.gate.ReadOnlyVerdict.Allowed;
import io.tas.dbhub.api.gate.ReadOnlyVerdict.Refused;
import io.tas.dbhub.core.model.DatabaseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.statement.Statement;

/**
 * The first of the guards of a read-only connection, in front of DBHub's own and of the rights of
 * the database's user: allows a text only when every statement in it is understood as a read.
 *
 * <p>A stored function of the user's own is a name like any other here: whether it writes, only the
 * database can know. Thread-safe.
 */
public final class ReadOnlyGate implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final String HOW =
      "This connection is read-only: send SELECT, VALUES, WITH … SELECT, SHOW, DESCRIBE or EXPLAIN"
          + " statements.";
  private static final Set<DatabaseType> MYSQL_FAMILY =
      Set.of(DatabaseType.MYSQL, DatabaseType.MARIADB);

  /** Options of EXPLAIN in front of the statement; none of them runs it. */
  private static final Set<String> EXPLAIN_WORDS = Set.of("verbose", "extended", "partitions");

  private final StatementParser parser;

  public ReadOnlyGate() {
    this.parser = new StatementParser(DEADLINE);
  }

  /** Whether the text may run on a read-only connection. Never throws. */
  public ReadOnlyVerdict check(String sql, DatabaseType type) {
    try {
      List<List<SqlToken>> statements = SqlLexer.read(sql, type).statements();
      if (statements.isEmpty()) {
        return new Refused("there is no statement", HOW);
      }
      List<List<SqlToken>> queries = new ArrayList<>();
      for (List<SqlToken> statement : statements) {
        Optional<String> fault = fault(statement, type, queries);
        if (fault.isPresent()) {
          return new Refused(fault.get(), HOW);
        }
      }
      for (Statement tree : parser.parse(queries)) {
        Optional<String> foreign = ReadOnlyTree.firstForeign(tree);
        if (foreign.isPresent()) {
          return new Refused(foreign.get() + " is not a part of a read", HOW);
        }
      }
      return new Allowed();
    } catch (UnclearSqlException e) {
      return new Refused(e.reason(), e.suggestion());
    }
  }

  public StatementParser parser() {
    return parser;
  }

  @Override
  public void close() {
    parser.close();
  }

  /** What the tokens show; what only a parser can judge is added to the queries. */
  private static Optional<String> fault(
      List<SqlToken> statement, DatabaseType type, List<List<SqlToken>> queries) {
    SqlToken first = statement.get(0);
    boolean mysql = MYSQL_FAMILY.contains(type);
    if (first.isWord("show") && (mysql || type == DatabaseType.POSTGRES)) {
      return plainWords(statement, first.lower());
    }
    if ((first.isWord("describe") || first.isWord("desc")) && mysql) {
      return explained(rest(statement), type, queries);
    }
    if (first.isWord("explain")) {
      return explained(rest(statement), type, queries);
    }
    Optional<String> effect = SideEffects.find(statement, type);
    queries.add(statement);
    return effect.map(what -> "'" + what + "' is not a part of a read");
  }

  /** SHOW takes no expressions but in WHERE, which is refused with its parentheses. */
  private static Optional<String> plainWords(List<SqlToken> statement, String command) {
    boolean expression =
        statement.stream().anyMatch(t -> t.isSymbol("(") || t.isWord("into") || t.isWord("select"));
    return expression ? Optional.of("an expression in " + command) : Optional.empty();
  }

  private static Optional<String> explained(
      List<SqlToken> rest, DatabaseType type, List<List<SqlToken>> queries) {
    List<SqlToken> explained = rest;
    if (!explained.isEmpty() && explained.get(0).isSymbol("(") && type == DatabaseType.POSTGRES) {
      int close = 0;
      while (close < explained.size() && !explained.get(close).isSymbol(")")) {
        if (runs(explained.get(close))) {
          return Optional.of("EXPLAIN ANALYZE runs the statement");
        }
        close++;
      }
      explained = explained.subList(Math.min(close + 1, explained.size()), explained.size());
    }
    boolean sqlite = type == DatabaseType.SQLITE;
    while (!explained.isEmpty() && option(explained, sqlite) > 0) {
      explained = explained.subList(option(explained, sqlite), explained.size());
    }
    if (explained.isEmpty()) {
      return Optional.of("there is nothing to explain");
    }
    if (runs(explained.get(0))) {
      return Optional.of("EXPLAIN ANALYZE runs the statement");
    }
    if (MYSQL_FAMILY.contains(type) && isTableName(explained)) {
      return Optional.empty();
    }
    if (explained.get(0).isWord("explain") || explained.get(0).isWord("show")) {
      return Optional.of("only a query can be explained");
    }
    return fault(explained, type, queries);
  }

  /** How many tokens the option at the beginning takes; 0 when there is none. */
  private static int option(List<SqlToken> explained, boolean sqlite) {
    SqlToken first = explained.get(0);
    boolean word = first.kind() == SqlToken.Kind.WORD;
    if (word && EXPLAIN_WORDS.contains(first.lower()) && !sqlite) {
      return 1;
    }
    if (first.isWord("format") && explained.size() > 2 && explained.get(1).isSymbol("=")) {
      return 3;
    }
    return sqlite
            && first.isWord("query")
            && explained.size() > 1
            && explained.get(1).isWord("plan")
        ? 2
        : 0;
  }

  private static boolean runs(SqlToken token) {
    return token.isWord("analyze") || token.isWord("analyse");
  }

  /** {@code DESCRIBE t}, {@code DESCRIBE s.t column}, {@code DESCRIBE t 'pattern'}. */
  private static boolean isTableName(List<SqlToken> tokens) {
    if (tokens.size() > 4 || tokens.stream().anyMatch(t -> SELECTING.contains(t.lower()))) {
      return false;
    }
    return tokens.get(0).isName()
        && tokens.stream()
            .allMatch(t -> t.isName() || t.isSymbol(".") || t.kind() == SqlToken.Kind.STRING);
  }

  private static final Set<String> SELECTING =
      Set.of("select", "with", "table", "values", "for", "insert", "update", "delete", "replace");

  private static List<SqlToken> rest(List<SqlToken> tokens) {
    return tokens.subList(1, tokens.size());
  }
}
