package io.tas.dbhub.api.query;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.auth.TokenScope;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.gate.ReadOnlyGate;
import io.tas.dbhub.api.gate.ReadOnlyVerdict;
import io.tas.dbhub.api.gate.SqliteBounds;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.query.QueryOrder;
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
  private final ReadOnlyGate gate;
  private final QueryLimits limits;
  private final QueryAccounts accounts;

  /**
   * @param gate the caller closes it
   */
  public QueryService(
      QueryTargets targets,
      Changes changes,
      QueryWorkers workers,
      ReadOnlyGate gate,
      QueryLimits limits,
      QueryAccounts accounts) {
    this.targets = targets;
    this.changes = changes;
    this.workers = workers;
    this.gate = gate;
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
    DatabaseType type = database.definition().target().type();
    AccessPolicy policy = policy(call, target);
    Statements statements = Statements.of(call.sql(), call.parameters(), type);
    if (call.channel() == QueryChannel.EXPORT && statements.parts().size() > 1) {
      throw ProblemException.invalid(
          List.of(new Violation("query", "is one statement where its result is exported")));
    }
    if (policy.readOnly()) {
      letReadsThrough(call.sql(), type);
    }
    if (type == DatabaseType.SQLITE) {
      keepInBounds(call.sql());
    }
    ask(call, database, order(call, database, policy, statements), statements, sink);
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

  private QueryOrder order(
      QueryCall call, Database database, AccessPolicy policy, Statements statements) {
    Integer wanted = call.limits().maxRows();
    return new QueryOrder(
        call.id(),
        call.alias(),
        asker(call.caller()),
        database.resource(),
        // One made by hand is known by its uid: a namesake is another one.
        database.origin() == Origin.MANIFEST ? database.id() : null,
        policy.readOnly(),
        wanted == null ? policy.maxRows() : Math.min(wanted, policy.maxRows()),
        limits.bytes(call.channel()),
        timeout(database.definition().target(), call.limits()).toMillis(),
        limits.transfer(call.channel()).toMillis(),
        statements.orders());
  }

  private Duration timeout(Target target, QueryCall.Limits wanted) {
    Integer seconds = wanted.timeoutSeconds();
    Duration own =
        Duration.ofSeconds(
            seconds == null
                ? target.queryTimeoutSeconds()
                : Math.min(seconds, target.queryTimeoutSeconds()));
    return own.compareTo(limits.within()) < 0 ? own : limits.within();
  }

  private QueryTarget find(Caller caller, String id) {
    QueryTarget target = targets.find(caller.scope(), id).orElseThrow(Permissions::unknown);
    Database database = Permissions.require(caller, target.database(), AccessLevel.QUERY);
    if (!database.definition().active()) {
      throw new ProblemException(FailureType.INACTIVE, "The database is not active.");
    }
    return target;
  }

  /** The strictest of the connection's own, of the instance's that serves it, and the caller's. */
  private static AccessPolicy policy(QueryCall call, QueryTarget target) {
    Caller caller = call.caller();
    AccessPolicy own = target.database().definition().policy();
    AccessPolicy served =
        target.endpoint().map(ServingEndpoint::policy).orElseThrow(QueryProblems::notServed);
    boolean mayWrite =
        Permissions.level(caller, target.database())
            .orElseThrow(Permissions::unknown)
            .allows(AccessLevel.WRITE);
    return new AccessPolicy(
        own.readOnly() || served.readOnly() || call.limits().readOnly() || !mayWrite,
        Math.min(own.maxRows(), served.maxRows()));
  }

  private void letReadsThrough(String sql, DatabaseType type) {
    if (gate.check(sql, type) instanceof ReadOnlyVerdict.Refused refused) {
      throw QueryProblems.readOnly(refused.reason(), refused.suggestion());
    }
  }

  private static void keepInBounds(String sql) {
    if (SqliteBounds.check(sql) instanceof ReadOnlyVerdict.Refused refused) {
      throw new ProblemException(
              FailureType.SQL_REFUSED, "The query was not run: " + refused.reason() + ".")
          .withSuggestion(refused.suggestion());
    }
  }
}
