package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.gate.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a text apart by the rules of one dialect, in one pass.
 *
 * <p>The boundaries of literals, comments and quoted names are the server's own; what no rule tells
 * is refused. Where a setting of the server decides, see {@link Reading}.
 */
public final class SqlLexer {
  /** More than any query by hand has, and little enough for a server's own parser. */
  static final int MAX_LENGTH = 100_000;

  private final String sql;
  private final DatabaseType type;
  private final Reading reading;
  private final boolean mysql;
  private final boolean postgres;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int at;

  /** Whether the last token is a literal of PostgreSQL that began as one with a prefix. */
  private boolean prefixed;

  private SqlLexer(String sql, DatabaseType type, Reading reading) {
    this.sql = sql;
    this.type = type;
    this.reading = reading;
    this.mysql = type == DatabaseType.MYSQL || type == DatabaseType.MARIADB;
    this.postgres = type == DatabaseType.POSTGRES;
  }

  /**
   * As the server reads unless somebody changed its settings.
   *
   * @throws UnclearSqlException when the text is too long, or has what no rule tells
   */
  public static SqlText read(String sql, DatabaseType type) throws UnclearSqlException {
    SqlLexer lexer = new SqlLexer(sql, type, Reading.usual(type));
    lexer.readAll();
    return new SqlText(sql, type, lexer.tokens);
  }

  /**
   * What the text is to a server that reads otherwise. Where the server would stop with an error,
   * so does this: with the statements before.
   */
  static SqlText readOtherwise(String sql, DatabaseType type, Reading reading)
      throws UnclearSqlException {
    SqlLexer lexer = new SqlLexer(sql, type, reading);
    try {
      lexer.readAll();
      return new SqlText(sql, type, lexer.tokens);
    } catch (UnclearSqlException e) {
      if (!e.refusedByServers()) {
        throw e;
      }
      int end = lexer.tokens.size();
      while (end > 0 && !lexer.tokens.get(end - 1).isSymbol(";")) {
        end--;
      }
      return new SqlText(sql, type, lexer.tokens.subList(0, end));
    }
  }

  private void readAll() throws UnclearSqlException {
    if (sql.length() > MAX_LENGTH) {
      throw new UnclearSqlException(
          "the query is longer than " + MAX_LENGTH + " characters", "Make it shorter.");
    }
    if (sql.indexOf('\0') >= 0) {
      throw UnclearSqlException.at(
          sql, sql.indexOf('\0'), "a text ends at a NUL on some servers only", "Remove it.");
    }
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        at++;
      } else if (SqlComments.starts(sql, at, type)) {
        at = SqlComments.end(sql, at, type);
      } else {
        token(c);
      }
    }
  }

  private void token(char c) throws UnclearSqlException {
    if (c == '\'') {
      checkContinuation();
      string(at, reading.backslashes());
    } else if (c == '"' || (c == '`' && (mysql || type == DatabaseType.SQLITE))) {
      quoted(c, c == '"' && !reading.names());
    } else if (c == '[' && type == DatabaseType.SQLSERVER) {
      quoted(']', false);
    } else if (c == '[' && type == DatabaseType.SQLITE) {
      int end = closed(sql.indexOf(']', at));
      name(sql.substring(at + 1, end), end + 1);
    } else if (SqlNumbers.isDigit(c) || (c == '.' && SqlNumbers.isDigit(peek(1)))) {
      number();
    } else if (c == '$') {
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
    if (sql.startsWith("@@", at)) {
      end++;
    }
    while (end < sql.length() && continuesWord(sql.charAt(end))) {
      end++;
    }
    String word = sql.substring(at, end);
    boolean quote = end < sql.length() && sql.charAt(end) == '\'';
    if (word.length() == 1 && quote && "eEnNxXbB".contains(word)) {
      boolean bits = "xXbB".contains(word);
      boolean escapes = postgres && "eE".contains(word);
      string(end, escapes || (reading.backslashes() && !bits));
    } else if (postgres && word.equalsIgnoreCase("u") && sql.startsWith("&'", end)) {
      string(end + 1, false);
    } else if (postgres && word.equalsIgnoreCase("u") && sql.startsWith("&\"", end)) {
      escapedName(end + 1);
    } else if (word.equals("@") && mysql) {
      symbol('@'); // 'user'@'host', or a variable's name in quotes.
    } else if (word.equals("@") || word.equals("@@")) {
      throw UnclearSqlException.at(
          sql, at, "a lone '@' is not understood", "Write variables without quotes.");
    } else {
      add(Kind.WORD, end);
    }
  }

  /** A literal whose first quote is at {@code quote}; its prefix, if any, starts at {@code at}. */
  private void string(int quote, boolean backslashes) throws UnclearSqlException {
    add(Kind.STRING, closed(SqlQuotes.end(sql, quote, '\'', backslashes)));
  }

  /** PostgreSQL goes on with the escapes of E'…' in a literal on a later line, and the next. */
  private void checkContinuation() throws UnclearSqlException {
    int end = prefixed ? SqlQuotes.end(sql, at, '\'', false) : -1;
    if (end >= 0 && sql.substring(at, end).contains("\\")) {
      throw UnclearSqlException.at(
          sql, at, "a backslash in a literal that continues another", "Write one literal.");
    }
  }

  private void quoted(char close, boolean backslashes) throws UnclearSqlException {
    int end = closed(SqlQuotes.end(sql, at, close, backslashes));
    String twice = String.valueOf(close).repeat(2);
    name(sql.substring(at + 1, end - 1).replace(twice, String.valueOf(close)), end);
  }

  private void escapedName(int quote) throws UnclearSqlException {
    int end = closed(SqlQuotes.end(sql, quote, '"', false));
    try {
      name(SqlQuotes.unescaped(sql.substring(quote + 1, end - 1).replace("\"\"", "\"")), end);
    } catch (IllegalArgumentException e) {
      throw UnclearSqlException.at(
          sql, quote, "this name's escapes are not understood", "Write the name in plain quotes.");
    }
  }

  private void name(String inner, int end) {
    tokens.add(new SqlToken(Kind.QUOTED_IDENTIFIER, inner, at, end));
    prefixed = false;
    at = end;
  }

  private void dollar() throws UnclearSqlException {
    int end = at + 1;
    boolean digits = SqlNumbers.isDigit(peek(1));
    while (digits && end < sql.length() && SqlNumbers.isDigit(sql.charAt(end))) {
      end++;
    }
    if (digits && (postgres || type == DatabaseType.SQLITE)) {
      endOfNumber(end);
      add(Kind.PLACEHOLDER, end);
      return;
    }
    if (digits && type == DatabaseType.SQLSERVER) {
      end = SqlNumbers.end(sql, at + 1, false);
      endOfNumber(end);
      add(Kind.NUMBER, end); // Money.
      return;
    }
    while (postgres
        && end < sql.length()
        && sql.charAt(end) != '$'
        && continuesWord(sql.charAt(end))) {
      end++;
    }
    if (!postgres || end >= sql.length() || sql.charAt(end) != '$') {
      throw UnclearSqlException.at(
          sql, at, "a lone '$' is not understood", "Quote names with '$'.");
    }
    String tag = sql.substring(at, end + 1);
    int close = closed(sql.indexOf(tag, end + 1));
    add(Kind.STRING, close + tag.length());
  }

  private void number() throws UnclearSqlException {
    int end = SqlNumbers.end(sql, at, postgres || type == DatabaseType.SQLITE);
    endOfNumber(end);
    add(Kind.NUMBER, end);
  }

  /** {@code 1DELETE} is a number and a statement to SQL Server, and one name to MySQL. */
  private void endOfNumber(int end) throws UnclearSqlException {
    if (end < sql.length() && continuesWord(sql.charAt(end))) {
      throw UnclearSqlException.at(
          sql,
          end,
          "a number that runs into a word is not understood",
          "Put a space between them, or quote the name.");
    }
  }

  private void questionMark() {
    char next = peek(1);
    boolean operator = next == '?' || next == '&' || (next == '|' && peek(2) != '|');
    boolean path = at > 0 && sql.charAt(at - 1) == '@';
    if (postgres && operator) {
      add(Kind.SYMBOL, at + 2);
    } else if (postgres && path) {
      add(Kind.SYMBOL, at + 1);
    } else {
      int end = at + 1;
      while (type == DatabaseType.SQLITE && SqlNumbers.isDigit(peek(end - at))) {
        end++;
      }
      add(Kind.PLACEHOLDER, end);
    }
  }

  private void symbol(char c) throws UnclearSqlException {
    boolean known = "+-*/%<>=!&|^~.,():;@".indexOf(c) >= 0;
    boolean hash = c == '#' && postgres;
    boolean bracket = (c == '[' || c == ']') && postgres;
    if (c == '\\') {
      throw UnclearSqlException.error(
          sql, at, "a backslash is not understood outside of quotes", "Remove it.");
    }
    if (!known && !hash && !bracket) {
      throw UnclearSqlException.at(
          sql,
          at,
          "the character U+%04X is not understood outside of quotes".formatted((int) c),
          "Remove it, or put it in quotes.");
    }
    if (c == ':' && peek(1) == '=' && !postgres) {
      throw UnclearSqlException.at(
          sql, at, "':=' sets a variable", "Ask without setting variables.");
    }
    add(Kind.SYMBOL, at + 1);
  }

  private void add(Kind kind, int end) {
    SqlToken token = new SqlToken(kind, sql.substring(at, end), at, end);
    boolean letter = startsWord(sql.charAt(at));
    prefixed = postgres && kind == Kind.STRING && (letter || (prefixed && sql.charAt(at) == '\''));
    tokens.add(token);
    at = end;
  }

  private int closed(int end) throws UnclearSqlException {
    if (end < 0) {
      throw UnclearSqlException.error(sql, at, "a quote is not closed", "Close it.");
    }
    return end;
  }

  private char peek(int ahead) {
    return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
  }

  private boolean startsWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (c == '@' && !postgres)
        || (c == '#' && type == DatabaseType.SQLSERVER)
        || (c >= 128 && foreign(c));
  }

  /** Other characters than these look like spaces, or like nothing, and are none. */
  private boolean foreign(char c) {
    boolean shown = !Character.isSpaceChar(c) && !Character.isISOControl(c);
    boolean wide = c >= '\uff00' && c <= '\uffef';
    return type == DatabaseType.SQLSERVER
        ? Character.isLetter(c) && !wide
        : shown && Character.getType(c) != Character.FORMAT;
  }

  private boolean continuesWord(char c) {
    // Only SQL Server's names have it within: MySQL reads INTO@x as two.
    boolean at = c == '@' && type != DatabaseType.SQLSERVER;
    return (startsWord(c) && !at)
        || SqlNumbers.isDigit(c)
        || c == '$'
        || (c >= 128 && Character.getType(c) == Character.NON_SPACING_MARK);
  }
}
