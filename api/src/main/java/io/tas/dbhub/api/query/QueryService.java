package io.tas.dbhub.api.query;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.auth.TokenScope;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.query.QueryOrder;
import io.tas.dbhub.gate.order.OrderLimits;
import io.tas.dbhub.gate.order.QueryJudge;
import io.tas.dbhub.gate.order.RefusedQueryException;
import io.tas.dbhub.gate.order.Statements;
import io.tas.dbhub.storage.inventory.QueryTarget;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges a query, and has a worker run it: finds the database and what may be done with it, lets
 * only reads through to a read-only connection, and hands the parameters on beside the text.
 */
public final class QueryService implements QueryExecutor {
  private final QueryTargets targets;
  private final Changes changes;
  private final QueryWorkers workers;
  private final QueryJudge judge;
  private final QueryLimits limits;
  private final QueryAccounts accounts;

  public QueryService(
      QueryTargets targets,
      Changes changes,
      QueryWorkers workers,
      QueryJudge judge,
      QueryLimits limits,
      QueryAccounts accounts) {
    this.targets = targets;
    this.changes = changes;
    this.workers = workers;
    this.judge = judge;
    this.limits = limits;
    this.accounts = accounts;
  }

  @Override
  public void execute(QueryCall call, AnswerSink sink) throws IOException {
    QueryTarget target = find(call.caller(), call.databaseId());
    accounts.take(call, target.database(), sink, counted -> run(call, target, counted));
  }

  @Override
  public boolean cancel(Caller caller, String queryId) {
    return workers.cancel(queryId, asker(caller));
  }

  private static Asker asker(Caller caller) {
    return new Asker(
        caller.scope(), caller.subject(), caller.token().map(TokenScope::id).orElse(null));
  }

  private void run(QueryCall call, QueryTarget target, AnswerSink sink) throws IOException {
    Database database = target.database();
    AccessPolicy policy = policy(call, target);
    Statements statements;
    try {
      statements =
          judge.judge(
              call.sql(),
              call.parameters(),
              database.definition().target().type(),
              policy.readOnly());
    } catch (RefusedQueryException refused) {
      throw QueryProblems.of(refused);
    }
    if (call.channel() == QueryChannel.EXPORT && statements.parts().size() > 1) {
      throw ProblemException.invalid(
          List.of(new Violation("query", "is one statement where its result is exported")));
    }
    QueryOrder order =
        QueryJudge.order(
            call.id(),
            call.alias(),
            asker(call.caller()),
            database,
            policy,
            limits(call),
            statements);
    ask(call, database, order, statements, sink);
  }

  private OrderLimits limits(QueryCall call) {
    return new OrderLimits(
        call.limits().maxRows(),
        call.limits().timeoutSeconds(),
        limits.within(),
        limits.bytes(call.channel()),
        limits.transfer(call.channel()));
  }

  private void ask(
      QueryCall call, Database database, QueryOrder order, Statements statements, AnswerSink sink)
      throws IOException {
    Instant asked = Instant.now();
    Duration connecting =
        Duration.ofSeconds(database.definition().target().connectionTimeoutSeconds());
    Optional<QueryError> error;
    try {
      error = workers.run(order, connecting, sink);
    } catch (QueryWorkers.UnavailableException e) {
      throw QueryProblems.unavailable(String.valueOf(e.getMessage()));
    }
    if (error.isEmpty()) {
      return;
    }
    if (error.get().kind() == QueryErrorKind.CONNECTION
        && changes.since(call.databaseId(), asked)) {
      throw QueryProblems.unavailable("The connection is just being changed.");
    }
    throw QueryProblems.of(error.get(), statements, call.sql());
  }

  private QueryTarget find(Caller caller, String id) {
    QueryTarget target = targets.find(caller.scope(), id).orElseThrow(Permissions::unknown);
    Database database = Permissions.require(caller, target.database(), AccessLevel.QUERY);
    if (!database.definition().active()) {
      throw new ProblemException(FailureType.INACTIVE, "The database is not active.");
    }
    return target;
  }

  /** What may be done, and of that what the caller wants. */
  private static AccessPolicy policy(QueryCall call, QueryTarget target) {
    AccessPolicy served =
        target.endpoint().map(ServingEndpoint::policy).orElseThrow(QueryProblems::notServed);
    AccessLevel level =
        Permissions.level(call.caller(), target.database()).orElseThrow(Permissions::unknown);
    AccessPolicy policy = QueryJudge.policy(target.database(), served, level);
    return call.limits().readOnly() ? new AccessPolicy(true, policy.maxRows()) : policy;
  }
}
