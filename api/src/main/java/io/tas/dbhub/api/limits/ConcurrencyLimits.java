package io.tas.dbhub.api.limits;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How many queries run at once in this process: of all, of one user in their tenant, and of one
 * database. Nobody waits in a line: what is too much is refused at once. Thread-safe; what nothing
 * runs for takes no memory.
 */
public final class ConcurrencyLimits {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final int mostOfAll;
  private final int mostOfUser;
  private final int mostOfDatabase;
  private final Map<Object, Integer> running = new HashMap<>();
  private int all;

  private record User(String tenantId, String subject) {}

  private record OfDatabase(String tenantId, String databaseId) {}

  /** That one may run, until it is closed. Closing it again does nothing. */
  public final class Permit implements AutoCloseable {
    private final User user;
    private final OfDatabase database;
    private boolean open = true;

    private Permit(User user, OfDatabase database) {
      this.user = user;
      this.database = database;
    }

    @Override
    public void close() {
      synchronized (running) {
        if (open) {
          open = false;
          all--;
          leave(user);
          leave(database);
        }
      }
    }
  }

  /**
   * @param mostOfAll at least 1, as the others
   */
  public ConcurrencyLimits(int mostOfAll, int mostOfUser, int mostOfDatabase) {
    this.mostOfAll = mostOfAll;
    this.mostOfUser = mostOfUser;
    this.mostOfDatabase = mostOfDatabase;
  }

  /**
   * Never waits.
   *
   * @throws ProblemException TooManyRequests, which says which limit it was
   */
  public Permit enter(Scope scope, String subject, String databaseId) {
    User user = new User(scope.tenantId(), subject);
    OfDatabase database = new OfDatabase(scope.tenantId(), databaseId);
    synchronized (running) {
      if (of(user) >= mostOfUser) {
        throw refused(
            "You have as many queries running as one may have at once: " + mostOfUser + ".",
            "Wait until one of yours ends, or cancel it.");
      }
      if (of(database) >= mostOfDatabase) {
        throw refused(
            "As many queries are running on this database as may at once: " + mostOfDatabase + ".",
            "Try again in a moment.");
      }
      if (all >= mostOfAll) {
        throw refused(
            "As many queries are running as may at once: " + mostOfAll + ".",
            "Try again in a moment.");
      }
      all++;
      running.merge(user, 1, Integer::sum);
      running.merge(database, 1, Integer::sum);
      return new Permit(user, database);
    }
  }

  /** How many are running. */
  public int running() {
    synchronized (running) {
      return all;
    }
  }

  /** For how many users and databases something is remembered. */
  int remembered() {
    synchronized (running) {
      return running.size();
    }
  }

  private int of(Object key) {
    return running.getOrDefault(key, 0);
  }

  private void leave(Object key) {
    running.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }

  private static ProblemException refused(String detail, String suggestion) {
    return new ProblemException(FailureType.TOO_MANY_REQUESTS, detail)
        .withSuggestion(suggestion)
        .withRetryAfter(RETRY_AFTER);
  }
}
