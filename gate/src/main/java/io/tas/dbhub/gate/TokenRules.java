package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What no token of a query may be or do. One pass over the tokens: a word that can write is refused
 * wherever a statement could read it so, and each name before a parenthesis must be one that only
 * computes.
 */
final class TokenRules {
  /** Deeper than anybody nests, and far from what ends a server's stack. */
  private static final int MAX_DEPTH = 200;

  private static final String HOW =
      "This connection is read-only. Where it is a name, put it in the dialect's quotes.";
  private static final Set<String> LOCKING = Set.of("update", "share", "no", "key");
  private static final Set<String> BEFORE_CONDITION =
      Set.of("where", "and", "or", "not", "on", "having", "when", "(", "then", "else");

  private final DatabaseType type;
  private final Vocabulary words;
  private final CallRules calls;

  TokenRules(DatabaseType type, Vocabulary words) {
    this.type = type;
    this.words = words;
    this.calls = new CallRules(type, words);
  }

  Optional<Refusal> fault(List<SqlToken> tokens) {
    Deque<Integer> open = new ArrayDeque<>();
    int opened = -1;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      SqlToken before = i > 0 ? tokens.get(i - 1) : null;
      Optional<Refusal> fault = Optional.empty();
      if (token.isSymbol("(")) {
        open.push(i);
        if (open.size() > MAX_DEPTH) {
          return refused(token, "parentheses in more than " + MAX_DEPTH + " others", "Nest less.");
        }
      } else if (token.isSymbol(")")) {
        opened = open.isEmpty() ? -1 : open.pop();
      } else if (token.kind() == SqlToken.Kind.WORD) {
        fault = word(tokens, i);
      }
      if (fault.isEmpty() && token.isName()) {
        // A name directly after a parenthesis is judged with what that one belongs to.
        boolean closes = before != null && before.isSymbol(")");
        fault = calls.fault(tokens, i, closes ? opened : -1);
      }
      if (fault.isEmpty() && type == DatabaseType.SQLITE) {
        fault = table(token);
      }
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> word(List<SqlToken> tokens, int i) {
    SqlToken token = tokens.get(i);
    String word = token.lower();
    SqlToken next = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
    if (word.equals("for")
        && next != null
        && LOCKING.contains(next.lower())
        && !isPart(tokens, i)) {
      return refused(
          token, "'FOR " + next.text().toUpperCase(java.util.Locale.ROOT) + "' locks rows", HOW);
    }
    if ((word.equals("next") || word.equals("previous"))
        && next != null
        && next.isWord("value")
        && i + 2 < tokens.size()
        && tokens.get(i + 2).isWord("for")) {
      return refused(token, "'" + word + " value for' uses a sequence", HOW);
    }
    if (word.equals("uescape") && i > 0 && tokens.get(i - 1).kind() != SqlToken.Kind.STRING) {
      return refused(
          token, "escapes in a name with a sign of its own", "Write the name in plain quotes.");
    }
    if (words.isRefused(word) && !isHarmless(tokens, i)) {
      return refused(token, "'" + token.text() + "' is not a part of a read", HOW);
    }
    return type == DatabaseType.SQLSERVER && word.startsWith("@") && assigned(tokens, i)
        ? refused(token, "'" + token.text() + "' is set", "Ask without setting variables.")
        : Optional.empty();
  }

  /** Whether it is a column's name there, or has another meaning. */
  private boolean isHarmless(List<SqlToken> tokens, int i) {
    if (isPart(tokens, i)) {
      return true;
    }
    String word = tokens.get(i).lower();
    SqlToken before = i > 0 ? tokens.get(i - 1) : null;
    SqlToken next = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
    return switch (type) {
      case POSTGRES -> before != null && before.isWord("as") && !isPart(tokens, i - 1);
      // Functions of texts; after a parenthesis it would be a statement.
      case MYSQL, MARIADB, SQLITE ->
          next != null
              && next.isSymbol("(")
              && words.isFunction(word)
              && before != null
              && !before.isSymbol(")");
      case SQLSERVER ->
          next != null
              && ((word.equals("merge") && (next.isWord("join") || next.isWord("union")))
                  || (word.equals("use") && (next.isWord("hint") || next.isWord("plan")))
                  || (word.equals("rollback") && next.isSymbol("=")));
    };
  }

  /** Whether it is qualified; no keyword can be. */
  private static boolean isPart(List<SqlToken> tokens, int i) {
    return i > 0 && tokens.get(i - 1).isSymbol(".");
  }

  /** {@code SELECT @x = 1} sets, {@code WHERE @x = 1} compares. */
  private static boolean assigned(List<SqlToken> tokens, int i) {
    if (i + 1 >= tokens.size() || tokens.get(i).text().startsWith("@@")) {
      return false;
    }
    SqlToken next = tokens.get(i + 1);
    boolean compound =
        next.kind() == SqlToken.Kind.SYMBOL
            && "+-*/%&|^".contains(next.text())
            && i + 2 < tokens.size()
            && tokens.get(i + 2).isSymbol("=");
    boolean compared = i > 0 && BEFORE_CONDITION.contains(tokens.get(i - 1).lower());
    return compound || (next.isSymbol("=") && !compared);
  }

  /** In SQLite a PRAGMA is a table too, and a text can be a table's name. */
  private Optional<Refusal> table(SqlToken token) {
    boolean text = token.kind() == SqlToken.Kind.STRING;
    if (!text && !token.isName()) {
      return Optional.empty();
    }
    String name =
        text && token.text().length() > 1
            ? token.lower().substring(1, token.text().length() - 1)
            : token.lower();
    boolean pragma = name.startsWith("pragma_") && !words.isFunction(name);
    return pragma || words.isActingTable(name)
        ? refused(
            token, "'" + name + "' does more than tell", "Ask for pragma_table_info and the like.")
        : Optional.empty();
  }

  private static Optional<Refusal> refused(SqlToken at, String reason, String how) {
    return Optional.of(new Refusal(at, reason, how));
  }
}
