package io.tas.dbhub.api.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.statement.Statement;

/**
 * Parses under bounds: JSqlParser looks ahead exponentially on some texts, so depth is checked
 * first, and the parse runs on few threads with a deadline. Thread-safe.
 */
public final class StatementParser implements AutoCloseable {
  private static final int MAX_DEPTH = 40;
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
  private static final int WAITING = 64;
  private static final int MAX_TOKENS = 20_000;
  static final int MAX_STATEMENTS = 50;
  private static final String SIMPLER = "Make the statement simpler.";

  private final ThreadPoolExecutor threads;
  private final Duration deadline;

  public StatementParser(Duration deadline) {
    this.deadline = deadline;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "sql-parser");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The trees of the statements, in their order.
   *
   * @param statements the tokens of each
   * @throws UnclearSqlException when one is not understood, or all of them not in time
   */
  public List<Statement> parse(List<List<SqlToken>> statements) throws UnclearSqlException {
    long end = System.nanoTime() + deadline.toNanos();
    if (statements.size() > MAX_STATEMENTS) {
      throw new UnclearSqlException(
          "there are more than " + MAX_STATEMENTS + " statements", "Send fewer at once.");
    }
    List<Statement> trees = new ArrayList<>();
    for (List<SqlToken> tokens : statements) {
      checkSize(tokens);
      String sql = SqlText.neutral(tokens);
      Optional<Statement> quick = parse(sql, false, end);
      // The quick grammar leaves out what needs long look-aheads.
      Optional<Statement> tree = quick.isPresent() ? quick : parse(sql, true, end);
      trees.add(
          tree.orElseThrow(
              () -> new UnclearSqlException("the statement is not understood", SIMPLER)));
    }
    return trees;
  }

  private Optional<Statement> parse(String sql, boolean complex, long end)
      throws UnclearSqlException {
    CCJSqlParser parser = new QuietParser(sql).withAllowComplexParsing(complex);
    Future<Statement> parsing;
    try {
      parsing = threads.submit(() -> parser.Statement());
    } catch (RejectedExecutionException e) {
      throw new UnclearSqlException("too many statements are being checked", "Try again later.");
    }
    try {
      return Optional.of(parsing.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new UnclearSqlException("the statement is too intricate to be checked", SIMPLER);
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnclearSqlException("the check was interrupted", "Try again.");
    } finally {
      // The parser looks at this flag wherever it looks ahead, so its thread is soon free.
      parser.interrupted = true;
      parsing.cancel(true);
    }
  }

  /**
   * Collecting what would have been expected reads the whole statement again for every token, and
   * cannot be interrupted; the message would quote a text that the user never wrote.
   */
  private static final class QuietParser extends CCJSqlParser {
    QuietParser(String sql) {
      super(new StringProvider(sql));
    }

    @Override
    public ParseException generateParseException() {
      return new ParseException("not understood");
    }
  }

  private static void checkSize(List<SqlToken> tokens) throws UnclearSqlException {
    if (tokens.size() > MAX_TOKENS) {
      throw new UnclearSqlException(
          "a statement has more than " + MAX_TOKENS + " words and symbols", SIMPLER);
    }
    int depth = 0;
    for (SqlToken token : tokens) {
      if (token.isSymbol("(") || token.isSymbol("[") || token.isWord("case")) {
        depth++;
      } else if (token.isSymbol(")") || token.isSymbol("]") || token.isWord("end")) {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        throw new UnclearSqlException("the statement is nested too deeply", SIMPLER);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
