package io.tas.dbhub.api.query;

import com.fasterxml.jackson.core.JsonParser;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.errors.QueryFault;
import io.tas.dbhub.api.history.QueryHistory;
import io.tas.dbhub.api.limits.ConcurrencyLimits;
import io.tas.dbhub.api.limits.RateLimit;
import io.tas.dbhub.api.limits.RateLimits;
import io.tas.dbhub.core.audit.AskedQuery;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every query costs its asker, and that it is written down: lets it begin only within the
 * limits, and tells history and audit how it ended. Thread-safe.
 */
public final class QueryAccounts {
  private final RateLimits rates;
  private final ConcurrencyLimits concurrency;
  private final QueryHistory history;
  private final Clock clock;

  public QueryAccounts(
      RateLimits rates, ConcurrencyLimits concurrency, QueryHistory history, Clock clock) {
    this.rates = rates;
    this.concurrency = concurrency;
    this.history = history;
    this.clock = clock;
  }

  /** What a query does. */
  interface Query {
    void run(AnswerSink sink) throws IOException;
  }

  /**
   * Runs it, if it may begin. One that may not is not written down: it cost nothing, and there can
   * be any number of them.
   *
   * @throws ProblemException TooManyRequests, or what the query throws; with the headers that tell
   *     what is left
   */
  void take(QueryCall call, Database database, AnswerSink sink, Query query) throws IOException {
    Scope scope = call.caller().scope();
    String subject = call.caller().subject();
    try (ConcurrencyLimits.Permit permit = concurrency.enter(scope, subject, database.id())) {
      RateLimit left = rates.take(scope, subject);
      sink.begins(database, left);
      AskedQuery asked =
          AskedQuery.of(
              call.id(),
              scope,
              subject,
              call.caller().source(),
              call.channel(),
              database.id(),
              database.definition().name(),
              call.sql(),
              clock.instant());
      run(asked, new Counting(sink), query, left);
    }
  }

  private void run(AskedQuery asked, Counting sink, Query query, RateLimit left)
      throws IOException {
    long started = System.nanoTime();
    QueryOutcome outcome = QueryOutcome.UNKNOWN;
    String error = "";
    try {
      query.run(sink);
      outcome = QueryOutcome.SUCCEEDED;
    } catch (ProblemException problem) {
      outcome = outcome(problem);
      error = problem.detail();
      Map<String, String> headers = new LinkedHashMap<>(left.headers());
      headers.putAll(problem.headers());
      throw problem.withHeaders(headers);
    } catch (IOException e) {
      // Whoever asked has left, or the worker broke off.
      outcome = QueryOutcome.CONNECTION;
      error = "The answer was not taken to its end.";
      throw e;
    } finally {
      long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
      history.offer(asked.ended(outcome, millis, sink.rows, sink.truncated, error));
    }
  }

  private static QueryOutcome outcome(ProblemException problem) {
    QueryFault fault = problem.query();
    if (fault != null) {
      return QueryOutcome.of(QueryErrorKind.parse(fault.kind()));
    }
    return switch (problem.type()) {
      case INVALID -> QueryOutcome.SYNTAX;
      case FORBIDDEN -> QueryOutcome.PERMISSION;
      case SQL_REFUSED -> QueryOutcome.EXECUTION;
      default ->
          problem.type().httpStatus() == 503 ? QueryOutcome.CONNECTION : QueryOutcome.UNKNOWN;
    };
  }

  /** Counts what goes by. */
  private static final class Counting implements AnswerSink {
    private final AnswerSink next;
    private long rows;
    private boolean truncated;

    Counting(AnswerSink next) {
      this.next = next;
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
      next.columns(columns);
    }

    @Override
    public void row(JsonParser values) throws IOException {
      next.row(values);
    }

    @Override
    public void end(ResultEnd end) throws IOException {
      rows += end.rows();
      truncated |= end.truncated() != null;
      next.end(end);
    }
  }
}
