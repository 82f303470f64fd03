package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges a statement: by what it begins with, and then by all its tokens. */
final class StatementKinds {
  private static final String HOW =
      "This connection is read-only: send SELECT, VALUES, WITH … SELECT, SHOW, DESCRIBE or EXPLAIN"
          + " statements.";

  /** What comes after SHOW in MySQL and MariaDB; FULL and the like come before it. */
  private static final Set<String> SHOWN =
      Set.of(
          ("all analyze authors binary binlog character charset client_statistics collation columns"
                  + " contributors count create databases engine engines errors events explain extended"
                  + " fields full function global grants index indexes index_statistics keys local locales"
                  + " master open package plugins privileges procedure processlist profile profiles"
                  + " query_response_time relaylog replica replicas schemas session slave slaves status"
                  + " storage table tables table_statistics triggers user_statistics variables warnings")
              .split(" "));

  private static final Set<String> EXPLAIN_WORDS =
      Set.of("analyze", "analyse", "verbose", "extended", "partitions");

  private final DatabaseType type;
  private final boolean mysql;
  private final Vocabulary words;
  private final TokenRules rules;

  StatementKinds(DatabaseType type) {
    this.type = type;
    this.mysql = type == DatabaseType.MYSQL || type == DatabaseType.MARIADB;
    this.words = Vocabulary.of(type);
    this.rules = new TokenRules(type, words);
  }

  /** Empty when the statement is a read. */
  Optional<Refusal> fault(List<SqlToken> statement) {
    SqlToken first = statement.get(0);
    List<SqlToken> rest = statement.subList(1, statement.size());
    if (first.isWord("show") && mysql) {
      return shown(rest, first);
    }
    if (first.isWord("show") && type == DatabaseType.POSTGRES) {
      boolean plain = rest.stream().allMatch(t -> t.isName() || t.isSymbol("."));
      return plain ? Optional.empty() : refused(first, "SHOW takes only a name");
    }
    if (first.isWord("explain") && type != DatabaseType.SQLSERVER) {
      return explained(rest, first);
    }
    if ((first.isWord("describe") || first.isWord("desc")) && mysql) {
      return explained(rest, first);
    }
    if (first.isWord("analyze") && type == DatabaseType.MARIADB) {
      List<SqlToken> query = rest.subList(format(rest), rest.size());
      return begins(query, "select", "with", "(")
          ? rules.fault(query)
          : refused(first, "ANALYZE of anything but a query");
    }
    if (first.isWord("help") && mysql && rest.size() == 1) {
      return Optional.empty();
    }
    if (first.isWord("pragma") && type == DatabaseType.SQLITE) {
      return pragma(rest, first);
    }
    if ((first.isWord("exec") || first.isWord("execute")) && type == DatabaseType.SQLSERVER) {
      return procedure(rest, first);
    }
    return query(statement);
  }

  private Optional<Refusal> query(List<SqlToken> statement) {
    int i = 0;
    while (i < statement.size() && statement.get(i).isSymbol("(")) {
      i++;
    }
    if (i == statement.size()) {
      return refused(statement.get(0), "there is no statement");
    }
    SqlToken first = statement.get(i);
    boolean query =
        first.isWord("select")
            || first.isWord("with")
            || (first.isWord("values") && type != DatabaseType.SQLSERVER)
            || (first.isWord("table") && (mysql || type == DatabaseType.POSTGRES));
    return query
        ? rules.fault(statement)
        : refused(
            first, "a statement that begins with '" + shown(first) + "' is not surely a read");
  }

  /** SHOW takes no expressions but after WHERE. */
  private Optional<Refusal> shown(List<SqlToken> rest, SqlToken show) {
    if (rest.isEmpty() || !SHOWN.contains(rest.get(0).lower())) {
      return refused(show, "this SHOW is not known");
    }
    int where = 0;
    while (where < rest.size() && !rest.get(where).isWord("where")) {
      SqlToken token = rest.get(where);
      boolean counts = token.isSymbol("(") && rest.get(0).isWord("count");
      if (token.isWord("into") || token.isWord("select") || (token.isSymbol("(") && !counts)) {
        return refused(token, "'" + token.text() + "' in SHOW");
      }
      where++;
    }
    return rules.fault(rest.subList(where, rest.size()));
  }

  private Optional<Refusal> explained(List<SqlToken> rest, SqlToken explain) {
    int i = 0;
    if (type == DatabaseType.POSTGRES
        && begins(rest, "(")
        && rest.size() > 1
        && !isQuery(rest.get(1))) {
      while (i < rest.size() && !rest.get(i).isSymbol(")")) {
        i++;
      }
      i++;
    }
    if (type == DatabaseType.SQLITE && begins(rest, "query")) {
      i = rest.size() > 1 && rest.get(1).isWord("plan") ? 2 : 0;
    }
    while (i < rest.size() && type != DatabaseType.SQLITE && option(rest, i) > 0) {
      i += option(rest, i);
    }
    List<SqlToken> explained = rest.subList(Math.min(i, rest.size()), rest.size());
    if (explained.isEmpty()) {
      return refused(explain, "there is nothing to explain");
    }
    if (mysql && isTableName(explained)) {
      return Optional.empty();
    }
    return isQuery(explained.get(0))
        ? query(explained)
        : refused(explained.get(0), "only a query can be explained");
  }

  /** How many tokens the option takes; 0 when there is none. */
  private int option(List<SqlToken> rest, int i) {
    boolean word = rest.get(i).kind() == SqlToken.Kind.WORD;
    return word && EXPLAIN_WORDS.contains(rest.get(i).lower())
        ? 1
        : format(rest.subList(i, rest.size()));
  }

  private static int format(List<SqlToken> rest) {
    return rest.size() > 2 && rest.get(0).isWord("format") && rest.get(1).isSymbol("=") ? 3 : 0;
  }

  private static boolean isQuery(SqlToken token) {
    return token.isSymbol("(")
        || token.isWord("select")
        || token.isWord("with")
        || token.isWord("values")
        || token.isWord("table");
  }

  private static boolean begins(List<SqlToken> tokens, String... texts) {
    return !tokens.isEmpty()
        && List.of(texts).stream()
            .anyMatch(t -> tokens.get(0).isWord(t) || tokens.get(0).isSymbol(t));
  }

  /**
   * {@code DESCRIBE t}, {@code DESCRIBE s.t column}, {@code DESCRIBE t 'pattern'}, {@code EXPLAIN
   * FOR CONNECTION 5}.
   */
  private boolean isTableName(List<SqlToken> tokens) {
    if (begins(tokens, "for")) {
      return tokens.size() == 3
          && tokens.get(1).isWord("connection")
          && tokens.get(2).kind() == SqlToken.Kind.NUMBER;
    }
    return tokens.size() <= 4
        && tokens.get(0).isName()
        && tokens.stream()
            .allMatch(
                t ->
                    (t.isName() && !isRefused(t) && !isQuery(t))
                        || t.isSymbol(".")
                        || t.kind() == SqlToken.Kind.STRING);
  }

  private boolean isRefused(SqlToken token) {
    return token.kind() == SqlToken.Kind.WORD && words.isRefused(token.lower());
  }

  /** {@code PRAGMA [schema.]name} that tells, with an argument only where that names a table. */
  private Optional<Refusal> pragma(List<SqlToken> rest, SqlToken pragma) {
    int at = rest.size() > 2 && rest.get(1).isSymbol(".") ? 2 : 0;
    if (at >= rest.size()) {
      return refused(pragma, "this PRAGMA is not known");
    }
    SqlToken name = rest.get(at);
    boolean bare = rest.size() == at + 1;
    boolean tells =
        name.isName()
            && (words.isFunction("pragma_" + name.lower())
                || (bare && words.isSetting(name.lower())));
    return tells
        ? Optional.empty()
        : refused(name, "PRAGMA " + shown(name) + " of this form does not surely only tell");
  }

  /** {@code EXEC [sys.]sp_help 'x'}: a procedure that tells, with nothing but literals. */
  private Optional<Refusal> procedure(List<SqlToken> rest, SqlToken exec) {
    int at =
        rest.size() > 2 && rest.get(0).lower().equals("sys") && rest.get(1).isSymbol(".") ? 2 : 0;
    if (at >= rest.size() || !words.isProcedure(rest.get(at).lower())) {
      return refused(rest.isEmpty() ? exec : rest.get(0), "a procedure that may write");
    }
    boolean literals =
        rest.subList(at + 1, rest.size()).stream()
            .allMatch(
                t ->
                    t.kind() == SqlToken.Kind.STRING
                        || t.kind() == SqlToken.Kind.NUMBER
                        || t.isSymbol(",")
                        || t.isSymbol("=")
                        || t.isWord("null")
                        || t.text().startsWith("@"));
    return literals ? Optional.empty() : refused(exec, "a procedure with more than literals");
  }

  private static String shown(SqlToken token) {
    return token.text().length() > 40 ? token.text().substring(0, 40) + "…" : token.text();
  }

  private static Optional<Refusal> refused(SqlToken at, String reason) {
    return Optional.of(new Refusal(at, reason, HOW));
  }
}
