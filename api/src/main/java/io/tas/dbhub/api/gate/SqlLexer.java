package io.tas.dbhub.api.gate;

import io.tas.dbhub.api.gate.SqlToken.Kind;
import io.tas.dbhub.core.model.DatabaseType;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a text apart by the rules of one dialect.
 *
 * <p>The parser behind the gate knows one lexical grammar for all dialects: it would read over a
 * {@code DROP} that it takes for a part of a literal or a comment while the server runs it. So the
 * boundaries of literals, comments and quoted identifiers are found here, by the server's own
 * rules, and what depends on a server's mode (a backslash before a quote, nested comments) is
 * refused. The parser is then given {@link SqlText#neutral}, in which nothing is left to disagree
 * about.
 */
public final class SqlLexer {
  /** As many characters as DBHub's request body of 100 kB can carry. */
  static final int MAX_LENGTH = 100_000;

  private final String sql;
  private final DatabaseType type;
  private final boolean mysql;
  private final boolean postgres;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int at;

  private SqlLexer(String sql, DatabaseType type) {
    this.sql = sql;
    this.type = type;
    this.mysql = type == DatabaseType.MYSQL || type == DatabaseType.MARIADB;
    this.postgres = type == DatabaseType.POSTGRES;
  }

  /**
   * @throws UnclearSqlException when the text is too long, or can be read in more than one way
   */
  public static SqlText read(String sql, DatabaseType type) throws UnclearSqlException {
    if (sql.length() > MAX_LENGTH) {
      throw new UnclearSqlException(
          "the query is longer than " + MAX_LENGTH + " characters", "Make it shorter.");
    }
    return new SqlLexer(sql, type).read();
  }

  private SqlText read() throws UnclearSqlException {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else if (!SqlComments.starts(sql, at, mysql)) {
        token(c);
      } else {
        at = SqlComments.end(sql, at, mysql);
      }
    }
    return new SqlText(List.copyOf(tokens));
  }

  private void token(char c) throws UnclearSqlException {
    if (c == '\'') {
      string(at);
    } else if (c == '"' || (c == '`' && (mysql || type == DatabaseType.SQLITE))) {
      quoted(c, mysql && c == '"');
    } else if (c == '[' && type == DatabaseType.SQLSERVER) {
      quoted(']', false);
    } else if (c == '[' && type == DatabaseType.SQLITE) {
      int end = closed(sql.indexOf(']', at));
      quotedName(sql.substring(at + 1, end), end + 1);
    } else if (SqlNumbers.isDigit(c) || (c == '.' && SqlNumbers.isDigit(peek(1)))) {
      number();
    } else if (c == '$' && postgres) {
      dollar();
    } else if (startsWord(c)) {
      word();
    } else if (c == '?') {
      questionMark();
    } else {
      symbol(c);
    }
  }

  private void word() throws UnclearSqlException {
    int end = at + 1;
    boolean plain = sql.charAt(at) < 128;
    while (end < sql.length() && continuesWord(sql.charAt(end))) {
      plain &= sql.charAt(end) < 128;
      end++;
    }
    String text = sql.substring(at, end);
    int introduced = mysql ? SqlQuotes.introduced(sql, text, end) : -1;
    if (introduced >= 0) {
      string(introduced);
    } else if (end < sql.length() && sql.charAt(end) == '\'' && isPrefix(text)) {
      string(end);
    } else if (text.equalsIgnoreCase("u") && sql.startsWith("&'", end) && postgres) {
      string(end + 1);
    } else if (text.equalsIgnoreCase("u") && sql.startsWith("&\"", end) && postgres) {
      throw new UnclearSqlException(
          "names with Unicode escapes are not understood", "Write the name in plain quotes.");
    } else if (text.startsWith("@") && (text.equals("@") || text.equals("@@"))) {
      throw new UnclearSqlException(
          "a lone '@' is not understood", "Write variables without quotes.");
    } else {
      add(Kind.WORD, end, plain ? inOtherWords(text, end) : name(text));
    }
  }

  /** Operators of one dialect that the parser knows under another name only. */
  private String inOtherWords(String word, int end) {
    boolean operator = end < sql.length() && sql.charAt(end) != '(';
    if (operator && type == DatabaseType.SQLITE && word.equalsIgnoreCase("glob")) {
      return "LIKE";
    }
    return operator && mysql && word.equalsIgnoreCase("mod") ? "%" : word;
  }

  private boolean isPrefix(String word) {
    if (word.length() == 1) {
      return "nNxXbB".contains(word) || (postgres && "eE".contains(word));
    }
    return false;
  }

  /** A literal whose first quote is at {@code quote}; its prefix, if any, starts at {@code at}. */
  private void string(int quote) throws UnclearSqlException {
    add(Kind.STRING, closed(SqlQuotes.end(sql, quote, '\'', mysql || postgres)), "'s'");
  }

  private void quoted(char close, boolean backslashes) throws UnclearSqlException {
    int end = closed(SqlQuotes.end(sql, at, close, backslashes));
    String twice = String.valueOf(close).repeat(2);
    String inner = sql.substring(at + 1, end - 1).replace(twice, String.valueOf(close));
    quotedName(inner, end);
  }

  private void quotedName(String inner, int end) {
    tokens.add(new SqlToken(Kind.QUOTED_IDENTIFIER, inner, name(inner), at, end));
    at = end;
  }

  private void dollar() throws UnclearSqlException {
    int end = at + 1;
    if (SqlNumbers.isDigit(peek(1))) {
      while (end < sql.length() && SqlNumbers.isDigit(sql.charAt(end))) {
        end++;
      }
      endOfNumber(end);
      add(Kind.PLACEHOLDER, end, sql.substring(at, end));
      return;
    }
    while (end < sql.length() && sql.charAt(end) != '$' && continuesWord(sql.charAt(end))) {
      end++;
    }
    if (end >= sql.length() || sql.charAt(end) != '$') {
      throw new UnclearSqlException("a lone '$' is not understood", "Quote names with '$'.");
    }
    String tag = sql.substring(at, end + 1);
    int close = closed(sql.indexOf(tag, end + 1));
    add(Kind.STRING, close + tag.length(), "'s'");
  }

  private void number() throws UnclearSqlException {
    int end = SqlNumbers.end(sql, at);
    endOfNumber(end);
    add(Kind.NUMBER, end, sql.substring(at, end));
  }

  /** {@code 1DELETE} is a number and a statement to SQL Server, and one name to MySQL. */
  private void endOfNumber(int end) throws UnclearSqlException {
    if (end < sql.length() && continuesWord(sql.charAt(end))) {
      throw new UnclearSqlException(
          "a number that runs into a word is not understood", "Put a space between them.");
    }
  }

  private void questionMark() {
    char next = peek(1);
    boolean operator = next == '?' || next == '&' || (next == '|' && peek(2) != '|');
    if (postgres && operator) {
      add(Kind.SYMBOL, at + 2, sql.substring(at, at + 2));
    } else {
      add(Kind.PLACEHOLDER, at + 1, "? ");
    }
  }

  private void symbol(char c) throws UnclearSqlException {
    boolean known = "+-*/%<>=!&|^~.,():;@".indexOf(c) >= 0;
    boolean hash = c == '#' && postgres;
    boolean bracket = (c == '[' || c == ']') && postgres;
    if (!known && !hash && !bracket) {
      throw new UnclearSqlException(
          "the character U+%04X is not understood outside of quotes".formatted((int) c),
          "Remove it, or put it in quotes.");
    }
    if (c == ':' && peek(1) == '=') {
      throw new UnclearSqlException("':=' sets a variable", "Ask without setting variables.");
    }
    add(Kind.SYMBOL, at + 1, String.valueOf(c));
  }

  private void add(Kind kind, int end, String neutral) {
    tokens.add(new SqlToken(kind, sql.substring(at, end), neutral, at, end));
    at = end;
  }

  /** A name for the parser: equal names stay equal, whatever they are made of. */
  private static String name(String name) {
    StringBuilder safe = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < 128 && Character.isLetterOrDigit(c)) {
        safe.append(c);
      } else {
        safe.append('_').append(Integer.toHexString(c)).append('_');
      }
    }
    return safe.append('"').toString();
  }

  private static int closed(int end) throws UnclearSqlException {
    if (end < 0) {
      throw new UnclearSqlException("a quote is not closed", "Close it.");
    }
    return end;
  }

  private char peek(int ahead) {
    return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
  }

  private boolean startsWord(char c) {
    return Character.isLetter(c)
        || c == '_'
        || (c == '@' && !postgres)
        || (c == '#' && type == DatabaseType.SQLSERVER);
  }

  private boolean continuesWord(char c) {
    return startsWord(c) || SqlNumbers.isDigit(c) || c == '$' || Character.isSurrogate(c);
  }
}
