package io.tas.dbhub.api.query;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.gate.ReadOnlyGate;
import io.tas.dbhub.api.gate.ReadOnlyVerdict;
import io.tas.dbhub.api.gate.SqliteBounds;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dbhub.client.Dbhub;
import io.tas.dbhub.dbhub.client.DbhubAnswer;
import io.tas.dbhub.dbhub.client.DbhubAnswer.NotOffered;
import io.tas.dbhub.dbhub.client.DbhubAnswer.NotUnderstood;
import io.tas.dbhub.dbhub.client.DbhubAnswer.Rejected;
import io.tas.dbhub.dbhub.client.DbhubAnswer.Result;
import io.tas.dbhub.dbhub.client.DbhubAnswer.Results;
import io.tas.dbhub.dbhub.client.DbhubAnswer.TimedOut;
import io.tas.dbhub.dbhub.client.DbhubAnswer.TooLarge;
import io.tas.dbhub.dbhub.client.DbhubAnswer.ToolError;
import io.tas.dbhub.dbhub.client.DbhubAnswer.Unreachable;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Finds the database and its DBHub server in the inventory, binds the parameters, lets only reads
 * through to a read-only connection, and asks.
 *
 * <p>Of several statements in one query the last one's result is answered. The columns are those of
 * its first row: DBHub names none for an empty result, merges columns of one name, and puts names
 * that are whole numbers first.
 */
public final class QueryService implements QueryExecutor {
  /** What connecting, DBHub and the way back may take beyond the statement itself. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final TypeReference<LinkedHashMap<String, Object>> ROW = new TypeReference<>() {};

  private final QueryTargets targets;
  private final Changes changes;
  private final DbhubTokens tokens;
  private final Dbhub dbhub;
  private final ReadOnlyGate gate;
  private final ParameterBinder binder;
  private final QueryLimits limits;
  private final Semaphore running;

  /** The bearer token of an instance's servers. */
  interface DbhubTokens {
    String of(ResourceRef instance);
  }

  /**
   * @param gate the caller closes it
   */
  public QueryService(
      DatabaseInventory inventory,
      KeyRing keys,
      Changes changes,
      Dbhub dbhub,
      ReadOnlyGate gate,
      QueryLimits limits) {
    this(
        QueryTargets.of(inventory),
        changes,
        instance -> keys.dbhubToken(instance.namespace(), instance.name()),
        dbhub,
        gate,
        limits);
  }

  QueryService(
      QueryTargets targets,
      Changes changes,
      DbhubTokens tokens,
      Dbhub dbhub,
      ReadOnlyGate gate,
      QueryLimits limits) {
    this.targets = targets;
    this.changes = changes;
    this.tokens = tokens;
    this.dbhub = dbhub;
    this.gate = gate;
    this.binder = new ParameterBinder(gate.parser());
    this.limits = limits;
    this.running = new Semaphore(limits.concurrent());
  }

  @Override
  public QueryAnswer execute(Caller caller, QueryCommand command) {
    if (!running.tryAcquire()) {
      throw new ProblemException(
              FailureType.TOO_MANY_REQUESTS, "As many queries are running as may at once.")
          .withRetryAfter(RETRY_AFTER);
    }
    try {
      return run(caller, command);
    } finally {
      running.release();
    }
  }

  private QueryAnswer run(Caller caller, QueryCommand command) {
    Scope scope = caller.scope();
    Database database = find(caller, command.databaseId());
    DatabaseType type = database.definition().target().type();
    boolean mayWrite =
        Permissions.level(caller, database)
            .orElseThrow(Permissions::unknown)
            .allows(AccessLevel.WRITE);
    boolean readOnly = database.definition().policy().readOnly() || !mayWrite;
    String sql = binder.bind(command.query(), command.parameters(), type);
    if (readOnly) {
      letReadsThrough(sql, type);
    }
    if (type == DatabaseType.SQLITE) {
      keepInBounds(sql);
    }
    ServingEndpoint endpoint = endpoint(scope, command.databaseId());
    Duration timeout = timeout(database.definition().target());
    Instant asked = Instant.now();
    long started = System.nanoTime();
    DbhubAnswer answer = ask(endpoint, sql, timeout);
    Duration left = timeout.minusNanos(System.nanoTime() - started);
    if (answer instanceof Unreachable && readOnly && left.toMillis() > 0) {
      // A server that is being rolled breaks connections off. A read may be asked twice.
      answer = ask(endpoint, sql, left);
    }
    long durationMs = Duration.ofNanos(System.nanoTime() - started).toMillis();
    if (answer instanceof ToolError error
        && DbhubProblems.of(error).type() == FailureType.TARGET_FAILED
        && changes.since(command.databaseId(), asked)) {
      // DBHub asked with the credentials of before, or those that come.
      throw DbhubProblems.unavailable("The connection is just being changed.");
    }
    return map(answer, durationMs);
  }

  private DbhubAnswer ask(ServingEndpoint endpoint, String sql, Duration timeout) {
    String token = tokens.of(endpoint.instance());
    return dbhub.execute(endpoint.endpoint(), endpoint.sourceId(), token, sql, timeout);
  }

  private Database find(Caller caller, String id) {
    Database database =
        Permissions.require(
            caller,
            targets.find(caller.scope(), id).orElseThrow(Permissions::unknown),
            AccessLevel.QUERY);
    if (!database.definition().active()) {
      throw new ProblemException(FailureType.INACTIVE, "The database is not active.");
    }
    return database;
  }

  private void letReadsThrough(String sql, DatabaseType type) {
    if (gate.check(sql, type) instanceof ReadOnlyVerdict.Refused refused) {
      throw new ProblemException(
              FailureType.NOT_READ_ONLY,
              "Only reads are allowed here, and the query is not surely one: "
                  + refused.reason()
                  + ".")
          .withSuggestion(refused.suggestion());
    }
  }

  private static void keepInBounds(String sql) {
    if (SqliteBounds.check(sql) instanceof ReadOnlyVerdict.Refused refused) {
      throw new ProblemException(
              FailureType.SQL_REFUSED, "The query was not run: " + refused.reason() + ".")
          .withSuggestion(refused.suggestion());
    }
  }

  private ServingEndpoint endpoint(Scope scope, String id) {
    return targets
        .servingEndpoint(scope, id)
        .orElseThrow(() -> DbhubProblems.unavailable("No DBHub server serves the database yet."));
  }

  /** The first query of a lazy source also connects. */
  private Duration timeout(Target target) {
    Duration allowed =
        Duration.ofSeconds(target.connectionTimeoutSeconds() + target.queryTimeoutSeconds())
            .plus(MARGIN);
    return allowed.compareTo(limits.within()) < 0 ? allowed : limits.within();
  }

  private static QueryAnswer map(DbhubAnswer answer, long durationMs) {
    // Sealed, but a switch over patterns needs Java 21.
    if (answer instanceof Results results) {
      return answer(results.statements(), durationMs);
    }
    if (answer instanceof ToolError error) {
      throw DbhubProblems.of(error);
    }
    if (answer instanceof Rejected rejected) {
      throw DbhubProblems.rejected(rejected.httpStatus());
    }
    if (answer instanceof NotOffered) {
      throw DbhubProblems.unavailable("The DBHub server does not offer the database yet.");
    }
    if (answer instanceof TimedOut) {
      throw DbhubProblems.timeout();
    }
    if (answer instanceof TooLarge) {
      throw new ProblemException(
              FailureType.TARGET_FAILED, "The answer is larger than the API can pass on.")
          .withSuggestion("Ask for fewer rows or columns.");
    }
    if (answer instanceof Unreachable) {
      throw DbhubProblems.unavailable("The DBHub server does not answer.");
    }
    if (answer instanceof NotUnderstood) {
      throw DbhubProblems.unavailable("The DBHub server's answer is not understood.");
    }
    throw new IllegalStateException("an answer that nothing maps");
  }

  private static QueryAnswer answer(List<Result> statements, long durationMs) {
    if (statements.isEmpty()) {
      return new QueryAnswer(List.of(), List.of(), 0, false, durationMs);
    }
    Result last = statements.get(statements.size() - 1);
    List<String> columns = new ArrayList<>();
    last.rows().path(0).fieldNames().forEachRemaining(columns::add);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (JsonNode row : last.rows()) {
      rows.add(JSON.convertValue(row, ROW));
    }
    return new QueryAnswer(columns, rows, last.count(), last.truncated(), durationMs);
  }
}
