package io.tas.dbhub.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.gate.ParseTree;
import io.tas.dbhub.api.gate.SqlLexer;
import io.tas.dbhub.api.gate.SqlText;
import io.tas.dbhub.api.gate.SqlToken;
import io.tas.dbhub.api.gate.StatementParser;
import io.tas.dbhub.api.gate.UnclearSqlException;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.expression.JdbcNamedParameter;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.statement.Statement;

/**
 * Binds values to the placeholders {@code ?}, or {@code $1} in PostgreSQL: DBHub takes a text and
 * nothing else.
 *
 * <p>The parser's tree says what a placeholder is. Each is rendered as a literal of the dialect in
 * the tree, and in the text in the place of its token; then the text is parsed again and must be
 * that very tree. So whatever the value, it is a value. The rest of the text stays as the user
 * wrote it, which a rendering of the whole tree would not achieve. Thread-safe.
 */
final class ParameterBinder {
  private static final String QUERY = "query";
  private static final String PARAMETERS = "parameters";

  private final StatementParser parser;

  ParameterBinder(StatementParser parser) {
    this.parser = parser;
  }

  /**
   * The text with the values bound; without parameters and placeholders, the very text.
   *
   * @throws ProblemException Invalid, naming each parameter that is wrong
   */
  String bind(String sql, List<JsonNode> parameters, DatabaseType type) {
    if (parameters.isEmpty() && type == DatabaseType.POSTGRES && !sql.contains("$")) {
      return sql; // A question mark may be an operator of PostgreSQL.
    }
    if (parameters.isEmpty() && !sql.contains("?") && !sql.contains("$")) {
      return sql;
    }
    try {
      return bind(SqlLexer.read(sql, type), sql, parameters, type);
    } catch (UnclearSqlException e) {
      if (parameters.isEmpty()) {
        return sql; // Nothing to bind: what it means is for others to judge.
      }
      throw invalid(QUERY, "parameters cannot be bound: " + e.reason() + ". " + e.suggestion());
    }
  }

  private String bind(SqlText text, String sql, List<JsonNode> parameters, DatabaseType type)
      throws UnclearSqlException {
    List<SqlToken> placeholders = text.placeholders();
    int expected = expected(placeholders);
    if (parameters.isEmpty() && expected == 0) {
      return sql;
    }
    if (expected != parameters.size()) {
      throw invalid(
          PARAMETERS,
          "the query has %d placeholders, but there are %d parameters"
              .formatted(expected, parameters.size()));
    }
    List<String> literals = literals(parameters, type);
    StringBuilder bound = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < placeholders.size(); i++) {
      SqlToken placeholder = placeholders.get(i);
      bound.append(sql, copied, placeholder.start()).append(' ');
      bound.append(literals.get(index(placeholder, i))).append(' ');
      copied = placeholder.end();
    }
    bound.append(sql, copied, sql.length());
    verify(text, literals, SqlLexer.read(bound.toString(), type), type);
    return bound.toString();
  }

  private static int index(SqlToken placeholder, int position) {
    return placeholder.text().equals("?")
        ? position
        : Integer.parseInt(placeholder.text().substring(1)) - 1;
  }

  private static int expected(List<SqlToken> placeholders) throws UnclearSqlException {
    if (placeholders.stream().allMatch(p -> p.text().equals("?"))) {
      return placeholders.size();
    }
    if (placeholders.stream().anyMatch(p -> p.text().length() > 5 || index(p, 0) < 0)) {
      throw new UnclearSqlException(
          "a placeholder's number is out of range", "Number them $1, $2, and so on.");
    }
    return placeholders.stream().mapToInt(p -> index(p, 0) + 1).max().orElse(0);
  }

  private static List<String> literals(List<JsonNode> parameters, DatabaseType type) {
    List<String> literals = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      try {
        literals.add(Literals.of(parameters.get(i), type));
      } catch (IllegalArgumentException e) {
        violations.add(new Violation(PARAMETERS + "[" + i + "]", String.valueOf(e.getMessage())));
      }
    }
    if (!violations.isEmpty()) {
      throw ProblemException.invalid(violations);
    }
    return literals;
  }

  /** The bound text must be the tree of the text, with literals where the placeholders were. */
  private void verify(SqlText text, List<String> literals, SqlText bound, DatabaseType type)
      throws UnclearSqlException {
    List<List<SqlToken>> marked = new ArrayList<>();
    List<List<String>> rendered = new ArrayList<>();
    int position = 0;
    for (List<SqlToken> statement : text.statements()) {
      List<SqlToken> placeholders = text.placeholders(statement);
      checkNeighbours(statement, placeholders);
      marked.add(marked(statement, placeholders));
      List<String> values = new ArrayList<>();
      for (SqlToken placeholder : placeholders) {
        String literal = literals.get(index(placeholder, position++));
        values.add(SqlText.neutral(SqlLexer.read(literal, type).tokens()));
      }
      rendered.add(values);
    }
    List<Statement> expected = parser.parse(marked);
    for (int i = 0; i < expected.size(); i++) {
      render(expected.get(i), rendered.get(i));
    }
    if (!canonical(expected).equals(canonical(parser.parse(bound.statements())))) {
      throw new UnclearSqlException(
          "a parameter would change the statement", "Put the placeholder where a value can be.");
    }
  }

  /** Puts the values into the tree, each in the place of its placeholder. */
  private static void render(Statement tree, List<String> values) throws UnclearSqlException {
    int found = 0;
    for (Object node : ParseTree.nodes(tree)) {
      if (node instanceof JdbcNamedParameter) {
        throw new UnclearSqlException("named parameters are not understood", "Use '?'.");
      }
      if (node instanceof JdbcParameter parameter) {
        found++;
        if (parameter.getIndex() <= values.size()) {
          parameter.setUseFixedIndex(false);
          parameter.setParameterCharacter(values.get(parameter.getIndex() - 1));
        }
      }
    }
    if (found != values.size()) {
      throw new UnclearSqlException(
          "not every '?' is a placeholder here", "Use $1, $2, … for the placeholders.");
    }
  }

  private static void checkNeighbours(List<SqlToken> statement, List<SqlToken> placeholders)
      throws UnclearSqlException {
    for (int i = 1; i < statement.size(); i++) {
      if (isText(statement.get(i - 1), placeholders) && isText(statement.get(i), placeholders)) {
        throw new UnclearSqlException(
            "texts side by side become one", "Put an operator or a comma between them.");
      }
    }
  }

  private static boolean isText(SqlToken token, List<SqlToken> placeholders) {
    return token.kind() == SqlToken.Kind.STRING || placeholders.contains(token);
  }

  private static List<String> canonical(List<Statement> trees) {
    return trees.stream()
        .map(tree -> tree.toString().replaceAll("\\s+", "").toLowerCase(Locale.ROOT))
        .toList();
  }

  /**
   * The statement with its placeholders numbered as they come, so that a node tells which it is.
   */
  private static List<SqlToken> marked(List<SqlToken> statement, List<SqlToken> placeholders) {
    List<SqlToken> marked = new ArrayList<>();
    int number = 0;
    for (SqlToken token : statement) {
      boolean placeholder = placeholders.contains(token);
      String neutral = placeholder ? "?" + ++number + " " : token.neutral();
      marked.add(new SqlToken(token.kind(), token.text(), neutral, token.start(), token.end()));
    }
    return marked;
  }

  private static ProblemException invalid(String field, String message) {
    return ProblemException.invalid(List.of(new Violation(field, message)));
  }
}
