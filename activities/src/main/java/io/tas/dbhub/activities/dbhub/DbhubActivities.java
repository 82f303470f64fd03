package io.tas.dbhub.activities.dbhub;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.rotate.DbhubChecks;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dbhub.client.Dbhub;
import io.tas.dbhub.dbhub.client.DbhubAnswer;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.InventoryUnavailableException;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks the DBHub servers of a database what a client would ask them. Safe for use by several
 * threads.
 */
public final class DbhubActivities implements DbhubChecks {
  /** Every engine takes it, and DBHub takes it for a read. */
  private static final String LEAST_QUERY = "SELECT 1";

  private final ServedBy served;
  private final Tokens tokens;
  private final Supplier<Dbhub> dbhub;
  private final Duration limit;

  /** Where a database is served. */
  interface ServedBy {
    List<ServingEndpoint> of(DatabaseRef database);
  }

  /** The bearer token of an instance's servers. */
  interface Tokens {
    String of(ResourceRef instance);
  }

  /**
   * @param dbhub made anew for each check: a connection that is kept open can still lead to the
   *     server that a rollout has replaced
   * @param limit for one check, whatever the number of instances; below the start-to-close timeout
   *     that the workflows give it
   */
  public DbhubActivities(
      DatabaseInventory inventory, KeyRing keys, Supplier<Dbhub> dbhub, Duration limit) {
    this(
        database -> inventory.servingEndpoints(database.scope(), database.id()),
        instance -> keys.dbhubToken(instance.namespace(), instance.name()),
        dbhub,
        limit);
  }

  DbhubActivities(ServedBy served, Tokens tokens, Supplier<Dbhub> dbhub, Duration limit) {
    this.served = served;
    this.tokens = tokens;
    this.dbhub = dbhub;
    this.limit = limit;
  }

  @Override
  public void verifyThroughDbhub(DatabaseRef database) {
    Dbhub asked = dbhub.get();
    long end = System.nanoTime() + limit.toNanos();
    for (ServingEndpoint endpoint : endpoints(database)) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (left.toMillis() <= 0) {
        throw unavailable("an instance before it took all the time there was", endpoint);
      }
      DbhubAnswer answer =
          asked.execute(
              endpoint.endpoint(),
              endpoint.sourceId(),
              tokens.of(endpoint.instance()),
              LEAST_QUERY,
              left);
      if (!(answer instanceof DbhubAnswer.Results)) {
        throw failure(answer, endpoint);
      }
    }
  }

  private List<ServingEndpoint> endpoints(DatabaseRef database) {
    try {
      return served.of(database);
    } catch (InventoryUnavailableException e) {
      throw Failures.of(
          FailureType.INVENTORY_UNAVAILABLE, "the inventory (Neo4j) is not available");
    }
  }

  /** The only place where DBHub's answers become failures. A driver's text stays behind. */
  private static ApplicationFailure failure(DbhubAnswer answer, ServingEndpoint endpoint) {
    if (answer instanceof DbhubAnswer.ToolError error) {
      return switch (error.refusal()) {
        case LOGIN -> refused("it does not accept the credentials", endpoint);
        case NO_DATABASE -> refused("there is no database of that name", endpoint);
        case STATEMENT, NOT_A_READ -> refused("not even SELECT 1 is allowed", endpoint);
        case UNREACHABLE, TIMED_OUT ->
            Failures.of(
                FailureType.TARGET_FAILED,
                "the database does not answer what " + name(endpoint) + " asks");
      };
    }
    if (answer instanceof DbhubAnswer.NotOffered) {
      return unavailable("it does not offer the database", endpoint);
    }
    if (answer instanceof DbhubAnswer.Rejected rejected) {
      return unavailable("it answers with HTTP status " + rejected.httpStatus(), endpoint);
    }
    if (answer instanceof DbhubAnswer.TimedOut) {
      return unavailable("it does not answer in time", endpoint);
    }
    if (answer instanceof DbhubAnswer.Unreachable) {
      return unavailable("it does not answer", endpoint);
    }
    return unavailable("its answer is not understood", endpoint);
  }

  private static ApplicationFailure refused(String why, ServingEndpoint endpoint) {
    return Failures.of(
        FailureType.CONNECTION_FAILED,
        "the database refuses what " + name(endpoint) + " sends: " + why);
  }

  private static ApplicationFailure unavailable(String why, ServingEndpoint endpoint) {
    return Failures.of(FailureType.DBHUB_UNAVAILABLE, name(endpoint) + ": " + why);
  }

  private static String name(ServingEndpoint endpoint) {
    return "DBHub instance " + endpoint.instance().namespace() + "/" + endpoint.instance().name();
  }
}
