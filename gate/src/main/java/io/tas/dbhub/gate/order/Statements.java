package io.tas.dbhub.gate.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.query.StatementOrder;
import io.tas.dbhub.gate.SqlLexer;
import io.tas.dbhub.gate.SqlText;
import io.tas.dbhub.gate.SqlToken;
import io.tas.dbhub.gate.UnclearSqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A text taken apart into what is sent to the target: each statement by itself, cut at its
 * placeholders. The text between stays as the user wrote it, and values go beside it.
 *
 * @param parts in their order; never empty
 */
public record Statements(List<Part> parts) {
  private static final String PARAMETERS = "parameters";

  /** What MariaDB runs as a program by itself, and nobody else. */
  private static final Set<String> PROGRAMS =
      Set.of("declare", "if", "case", "loop", "while", "repeat", "for");

  /**
   * @param start offset of the statement in the text
   * @param placeholders lengths of the placeholders as the user wrote them
   * @param parameters which of the caller's parameters each placeholder stands for
   */
  public record Part(
      StatementOrder order, int start, List<Integer> placeholders, List<Integer> parameters) {
    /**
     * Where in the text the target means.
     *
     * @param position counted from 1, in characters, each placeholder being one
     */
    public int offset(int position, String text) {
      int left = position - 1;
      int at = start;
      for (int i = 0; i < order.fragments().size(); i++) {
        String fragment = order.fragments().get(i);
        int length = fragment.codePointCount(0, fragment.length());
        if (left < length || i == placeholders.size()) {
          return Math.min(text.length(), text.offsetByCodePoints(at, Math.min(left, length)));
        }
        left -= length + 1;
        at += fragment.length() + (left < 0 ? 0 : placeholders.get(i));
        if (left < 0) {
          return at;
        }
      }
      return at;
    }
  }

  public List<StatementOrder> orders() {
    return parts.stream().map(Part::order).toList();
  }

  /**
   * @throws RefusedQueryException Invalid, naming each parameter that is wrong
   */
  static Statements of(String sql, List<JsonNode> parameters, DatabaseType type)
      throws RefusedQueryException {
    Values.check(parameters);
    SqlText text;
    try {
      text = SqlLexer.read(sql, type);
    } catch (UnclearSqlException e) {
      if (!parameters.isEmpty()) {
        throw invalid("query", "parameters cannot be bound: " + e.reason() + ". " + e.suggestion());
      }
      // Nothing to bind: what it means is the target's matter.
      return whole(sql);
    }
    List<List<SqlToken>> statements = apart(text);
    return parameters.isEmpty() && statements.size() < 2
        ? whole(sql)
        : cut(sql, text, statements, parameters);
  }

  private static Statements whole(String sql) {
    return new Statements(List.of(new Part(StatementOrder.of(sql), 0, List.of(), List.of())));
  }

  /**
   * SQL Server takes a text as one batch. For the others a statement with statements inside is one
   * to the end of the text: where it ends only the server can tell.
   */
  private static List<List<SqlToken>> apart(SqlText text) {
    List<List<SqlToken>> statements = text.statements();
    List<List<SqlToken>> apart = new ArrayList<>();
    for (List<SqlToken> statement : statements) {
      if (text.type() == DatabaseType.SQLSERVER || holdsStatements(statement, text.type())) {
        int from = statement.get(0).start();
        apart.add(text.tokens().stream().filter(token -> token.start() >= from).toList());
        return apart;
      }
      apart.add(statement);
    }
    return apart;
  }

  private static boolean holdsStatements(List<SqlToken> statement, DatabaseType type) {
    SqlToken first = statement.get(0);
    boolean defines = first.isWord("create") || first.isWord("alter");
    if (type == DatabaseType.POSTGRES) {
      return defines && has(statement, "atomic");
    }
    boolean program =
        type == DatabaseType.MARIADB
            && (PROGRAMS.contains(first.lower())
                || (first.isWord("begin") && has(statement, "atomic")));
    return program || (defines && has(statement, "begin"));
  }

  private static boolean has(List<SqlToken> statement, String word) {
    return statement.stream().anyMatch(token -> token.isWord(word));
  }

  private static Statements cut(
      String sql, SqlText text, List<List<SqlToken>> statements, List<JsonNode> parameters)
      throws RefusedQueryException {
    List<Part> parts = new ArrayList<>();
    int expected = 0;
    int next = 0;
    for (List<SqlToken> tokens : statements) {
      List<SqlToken> placeholders = text.placeholders(tokens);
      List<String> fragments = new ArrayList<>();
      List<JsonNode> values = new ArrayList<>();
      List<Integer> lengths = new ArrayList<>();
      List<Integer> indexes = new ArrayList<>();
      int start = tokens.get(0).start();
      int at = start;
      for (SqlToken placeholder : placeholders) {
        int index = placeholder.text().equals("?") ? next++ : number(placeholder);
        expected = Math.max(expected, index + 1);
        fragments.add(sql.substring(at, placeholder.start()));
        lengths.add(placeholder.end() - placeholder.start());
        indexes.add(index);
        if (index < parameters.size()) {
          values.add(parameters.get(index));
        }
        at = placeholder.end();
      }
      fragments.add(sql.substring(at, tokens.get(tokens.size() - 1).end()));
      if (values.size() == indexes.size()) {
        parts.add(new Part(new StatementOrder(fragments, values), start, lengths, indexes));
      }
    }
    if (expected != parameters.size()) {
      throw invalid(
          PARAMETERS,
          "the query has %d placeholders, but there are %d parameters"
              .formatted(expected, parameters.size()));
    }
    return parts.isEmpty() ? whole(sql) : new Statements(parts);
  }

  private static int number(SqlToken placeholder) throws RefusedQueryException {
    String digits = placeholder.text().substring(1);
    int index = digits.length() > 4 ? -1 : Integer.parseInt(digits) - 1;
    if (index < 0) {
      throw invalid("query", "placeholders are numbered $1, $2, and so on");
    }
    return index;
  }

  private static RefusedQueryException invalid(String field, String message) {
    return RefusedQueryException.invalid(List.of(new Violation(field, message)));
  }
}
