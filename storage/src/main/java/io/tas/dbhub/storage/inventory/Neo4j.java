package io.tas.dbhub.storage.inventory;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * Transactions with a time limit, whose failures are {@link InventoryUnavailableException} unless
 * the statement itself is at fault.
 *
 * <p>The driver waits minutes for a server that is there but silent. So the work is done on a
 * thread of its own, which is interrupted when time is up: the driver then gives up the connection.
 */
final class Neo4j {
  private static final String CONSTRAINT_VIOLATED =
      "Neo.ClientError.Schema.ConstraintValidationFailed";
  private static final SessionConfig READ =
      SessionConfig.builder().withDefaultAccessMode(AccessMode.READ).build();
  private static final SessionConfig WRITE =
      SessionConfig.builder().withDefaultAccessMode(AccessMode.WRITE).build();

  private final Driver driver;
  private final Duration limit;
  private final TransactionConfig serverLimit;

  /** As many threads as there are callers; idle ones end, and none keeps the process alive. */
  private final ExecutorService threads = Executors.newCachedThreadPool(Neo4j::thread);

  /**
   * @param limit after which a transaction is given up, at least two seconds
   */
  Neo4j(Driver driver, Duration limit) {
    this.driver = driver;
    this.limit = limit;
    // The server's own is the shorter: it knows better why it took so long.
    this.serverLimit = TransactionConfig.builder().withTimeout(limit.minusSeconds(1)).build();
  }

  <T> T read(TransactionCallback<T> work) {
    return limited(
        () -> {
          try (Session session = driver.session(READ)) {
            return session.executeRead(work, serverLimit);
          }
        });
  }

  <T> T write(TransactionCallback<T> work) {
    return limited(
        () -> {
          try (Session session = driver.session(WRITE)) {
            return session.executeWrite(work, serverLimit);
          }
        });
  }

  /** For statements about the schema: each its own transaction, for as long as it takes. */
  void runAlone(String statement) {
    try (Session session = driver.session(WRITE)) {
      session.run(statement).consume();
    } catch (Neo4jException e) {
      throw translated(e);
    }
  }

  static boolean violatesConstraint(ClientException e) {
    return CONSTRAINT_VIOLATED.equals(e.code());
  }

  private <T> T limited(Callable<T> work) {
    Future<T> answer = threads.submit(work);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw translated(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      throw new InventoryUnavailableException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InventoryUnavailableException(e);
    } finally {
      answer.cancel(true);
    }
  }

  /** A statement that Neo4j refuses is our bug; any other failure of it is Neo4j's state. */
  private static RuntimeException translated(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    boolean refused =
        thrown instanceof ClientException e
            && (e.code().startsWith("Neo.ClientError.Statement.")
                || e.code().startsWith("Neo.ClientError.Schema."));
    if (thrown instanceof Neo4jException && !refused) {
      return new InventoryUnavailableException(thrown);
    }
    return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "inventory");
    thread.setDaemon(true);
    return thread;
  }
}
