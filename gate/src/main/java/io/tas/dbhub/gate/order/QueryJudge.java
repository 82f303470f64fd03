package io.tas.dbhub.gate.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryOrder;
import io.tas.dbhub.gate.ReadOnlyGate;
import io.tas.dbhub.gate.ReadOnlyVerdict;
import io.tas.dbhub.gate.SqliteBounds;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a query is run, whoever asks and however: what may be done with the database,
 * whether the text may do that, and within which limits. Thread-safe.
 */
public final class QueryJudge {
  private final ReadOnlyGate gate;

  public QueryJudge(ReadOnlyGate gate) {
    this.gate = gate;
  }

  /**
   * The strictest of the connection's own policy, of the instance's that serves it, and of what who
   * asks may do.
   */
  public static AccessPolicy policy(Database database, AccessPolicy served, AccessLevel level) {
    AccessPolicy own = database.definition().policy();
    return new AccessPolicy(
        own.readOnly() || served.readOnly() || !level.allows(AccessLevel.WRITE),
        Math.min(own.maxRows(), served.maxRows()));
  }

  /**
   * Takes a text apart that may be run.
   *
   * @param parameters bound to the placeholders in their order
   * @param readOnly whether nothing may be written
   */
  public Statements judge(
      String sql, List<JsonNode> parameters, DatabaseType type, boolean readOnly)
      throws RefusedQueryException {
    Statements statements = Statements.of(sql, parameters, type);
    if (readOnly && gate.check(sql, type) instanceof ReadOnlyVerdict.Refused refused) {
      throw RefusedQueryException.notReadOnly(refused);
    }
    if (type == DatabaseType.SQLITE
        && SqliteBounds.check(sql) instanceof ReadOnlyVerdict.Refused refused) {
      throw RefusedQueryException.outOfBounds(refused);
    }
    return statements;
  }

  /**
   * What a worker is asked to run.
   *
   * @param policy what may be done, and how many rows it may answer
   * @param alias under which the asker may cancel it too; null for none
   */
  public static QueryOrder order(
      String id,
      @Nullable String alias,
      Asker asker,
      Database database,
      AccessPolicy policy,
      OrderLimits limits,
      Statements statements) {
    Integer wanted = limits.maxRows();
    return new QueryOrder(
        id,
        alias,
        asker,
        database.resource(),
        // One made by hand is known by its uid: a namesake is another one.
        database.origin() == Origin.MANIFEST ? database.id() : null,
        policy.readOnly(),
        wanted == null ? policy.maxRows() : Math.min(wanted, policy.maxRows()),
        limits.bytes(),
        timeout(database.definition().target().queryTimeoutSeconds(), limits).toMillis(),
        limits.transfer().toMillis(),
        statements.orders());
  }

  private static Duration timeout(int connection, OrderLimits limits) {
    Integer wanted = limits.timeoutSeconds();
    Duration own = Duration.ofSeconds(wanted == null ? connection : Math.min(wanted, connection));
    return own.compareTo(limits.within()) < 0 ? own : limits.within();
  }
}
