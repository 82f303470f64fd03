package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.activities.jdbc.ConnectionSource;
import io.tas.dbhub.activities.jdbc.TargetConnector;
import io.tas.dbhub.activities.jdbc.TargetConnector.RefusedException;
import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.query.QueryOrder;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries: finds the connection, lends one of its sessions, runs the statements and hands on
 * what they answer as it comes. What takes too long, or is cancelled, is ended in the target.
 * Thread-safe.
 */
public final class QueryRunner implements AutoCloseable {
  /** How long a target has to end a statement by itself. */
  private static final Duration TO_END = Duration.ofSeconds(3);

  private final ConnectionSource connections;
  private final Sessions sessions;
  private final Semaphore slots;
  private final Map<String, RunningQuery> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock;
  private final ExecutorService enders;

  /**
   * @param connector stays the caller's
   */
  public QueryRunner(
      ConnectionSource connections, TargetConnector connector, QueryRunnerSettings settings) {
    this.connections = connections;
    this.sessions =
        new Sessions(connector, settings.perTarget(), settings.connections(), settings.idle());
    this.slots = new Semaphore(settings.concurrent());
    this.clock = Executors.newSingleThreadScheduledExecutor(task -> thread(task, "query-clock"));
    this.enders = Executors.newCachedThreadPool(task -> thread(task, "query-end"));
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Answers when all is written to the sink, a failure included.
   *
   * @throws IOException when nobody takes the answer any more; the query is ended then
   */
  public void run(QueryOrder order, ResultSink sink) throws IOException {
    RunningQuery query = new RunningQuery(order);
    if (running.putIfAbsent(order.queryId(), query) != null) {
      sink.fail(new QueryError(QueryErrorKind.BUSY, "A query of this id is running.", null));
      return;
    }
    try {
      if (!slots.tryAcquire()) {
        sink.fail(
            new QueryError(
                QueryErrorKind.BUSY,
                "As many queries are running as may at once.",
                "Try again in a few seconds."));
        return;
      }
      try {
        runOnTarget(query, sink);
      } finally {
        slots.release();
      }
    } catch (QueryFailedException e) {
      sink.fail(e.error());
    } finally {
      running.remove(order.queryId());
    }
  }

  /**
   * Ends queries that an asker may end.
   *
   * @param name a query's id, or what its asker calls it
   * @return whether there is one that this worker runs
   */
  public boolean cancel(String name, Asker asker) {
    List<RunningQuery> named =
        running.values().stream()
            .filter(query -> asker.mayEnd(query.order().asker()) && query.isCalled(name))
            .toList();
    named.forEach(query -> end(query, QueryErrorKind.CANCELLED));
    return !named.isEmpty();
  }

  /** Ends a query whose answer nobody takes. */
  public void abandon(String queryId) {
    RunningQuery query = running.get(queryId);
    if (query != null) {
      end(query, QueryErrorKind.CANCELLED);
    }
  }

  private void end(RunningQuery query, QueryErrorKind reason) {
    // Cancelling connects to the target once more, so it has a thread of its own.
    enders.execute(() -> query.end(reason));
    Future<?> unused = clock.schedule(query::abort, TO_END.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void runOnTarget(RunningQuery query, ResultSink sink)
      throws QueryFailedException, IOException {
    Connection.Found found = find(query.order(), false);
    TargetKey key = key(found, query.order());
    Session session;
    try {
      session = lend(key);
    } catch (RefusedException refused) {
      if (!refused.byLogin()) {
        throw failed(refused.error());
      }
      // The credentials may have been changed a moment ago.
      key = key(find(query.order(), true), query.order());
      session = lendAgain(key);
    }
    Deadline deadline =
        new Deadline(clock, query.order(), () -> end(query, QueryErrorKind.TIMEOUT));
    boolean reusable = false;
    try {
      reusable = new StatementRun(query, session, sink, rowsCome(query, deadline)).run();
    } finally {
      deadline.over();
      query.over();
      if (reusable && query.ended() == null) {
        sessions.giveBack(owner(query.order()), key, session);
      } else {
        sessions.discard(key, session);
      }
    }
  }

  private static Runnable rowsCome(RunningQuery query, Deadline deadline) {
    return () -> {
      query.transfers();
      deadline.rowsCome();
    };
  }

  private TargetKey key(Connection.Found found, QueryOrder order) {
    TargetKey key = TargetKey.of(found.target(), found.credentials(), order.readOnly());
    sessions.reachedBy(owner(order), key);
    return key;
  }

  /** A file is opened in two ways. */
  private static Object owner(QueryOrder order) {
    return List.of(order.database(), order.readOnly());
  }

  private Session lendAgain(TargetKey key) throws QueryFailedException {
    try {
      return lend(key);
    } catch (RefusedException refused) {
      throw failed(refused.error());
    }
  }

  private Session lend(TargetKey key) throws RefusedException, QueryFailedException {
    try {
      return sessions.borrow(key, Duration.ofSeconds(key.target().connectionTimeoutSeconds()));
    } catch (RefusedException refused) {
      throw refused;
    } catch (NoSuchElementException allInUse) {
      throw new QueryFailedException(
          QueryErrorKind.BUSY,
          "All connections to the database stayed in use.",
          "Try again in a few seconds.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryFailedException(
          QueryErrorKind.BUSY, "The worker is stopping.", "Try again in a few seconds.");
    } catch (Exception e) {
      throw new IllegalStateException("a connection was not opened", e);
    }
  }

  private Connection.Found find(QueryOrder order, boolean anew) throws QueryFailedException {
    Connection connection;
    try {
      connection = anew ? connections.read(order.database()) : connections.known(order.database());
    } catch (ApplicationFailure down) {
      throw new QueryFailedException(
          QueryErrorKind.BUSY,
          "Kubernetes, which has the credentials, cannot be asked now.",
          "Try again in a few seconds.");
    }
    @Nullable String uid = order.uid();
    if (connection instanceof Connection.Found found
        && (uid == null || uid.equals(found.said().uid()))) {
      return found;
    }
    sessions.unreachable(owner(order));
    if (connection instanceof Connection.Unusable unusable) {
      throw failed(unusable.error());
    }
    throw new QueryFailedException(
        QueryErrorKind.UNUSABLE,
        connection instanceof Connection.SetAside
            ? "The database is not active."
            : "The database's resource is gone.",
        "Look at the database's status.");
  }

  private static QueryFailedException failed(ConnectionError error) {
    QueryErrorKind kind =
        switch (error.kind()) {
          case CONFIGURATION -> QueryErrorKind.UNUSABLE;
          case TIMEOUT, CONNECTION, TLS, AUTHENTICATION, PERMISSION, SYNTAX, UNKNOWN ->
              QueryErrorKind.CONNECTION;
        };
    return new QueryFailedException(kind, error.message(), error.suggestion());
  }

  /** How many queries run. */
  public int running() {
    return running.size();
  }

  /** Ends what still runs. */
  @Override
  public void close() {
    List.copyOf(running.values()).forEach(query -> query.end(QueryErrorKind.CANCELLED));
    clock.shutdownNow();
    enders.shutdown();
    sessions.close();
  }
}
