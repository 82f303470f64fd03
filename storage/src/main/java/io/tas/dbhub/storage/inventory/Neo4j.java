package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.storage.TimeLimit;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;

/**
 * Transactions with a time limit, whose failures are {@link InventoryUnavailableException} unless
 * the statement itself is at fault.
 *
 * <p>A driver that is interrupted when time is up gives up the connection.
 */
public final class Neo4j {
  private static final String CONSTRAINT_VIOLATED =
      "Neo.ClientError.Schema.ConstraintValidationFailed";
  private static final SessionConfig READ =
      SessionConfig.builder().withDefaultAccessMode(AccessMode.READ).build();
  private static final SessionConfig WRITE =
      SessionConfig.builder().withDefaultAccessMode(AccessMode.WRITE).build();

  private final Driver driver;
  private final TimeLimit limit;
  private final TransactionConfig serverLimit;

  /**
   * @param limit after which a transaction is given up, at least two seconds
   */
  public Neo4j(Driver driver, Duration limit) {
    this.driver = driver;
    this.limit = new TimeLimit(limit, "inventory");
    // The server's own is the shorter: it knows better why it took so long.
    this.serverLimit = TransactionConfig.builder().withTimeout(limit.minusSeconds(1)).build();
  }

  public <T> T read(TransactionCallback<T> work) {
    return limited(
        () -> {
          try (Session session = driver.session(READ)) {
            return session.executeRead(work, serverLimit);
          }
        });
  }

  /**
   * The one row of a statement that stands alone, without the begin and the commit of {@link
   * #read}. Tries again as that does.
   */
  public Optional<Record> readOne(String statement, Map<String, Object> parameters) {
    return limited(
        () -> {
          try (Session session = driver.session(READ)) {
            return session.run(statement, parameters, serverLimit).stream().findFirst();
          } catch (Neo4jException e) {
            if (!(e instanceof RetryableException)) {
              throw e;
            }
          }
          try (Session session = driver.session(READ)) {
            return session.executeRead(
                tx -> tx.run(statement, parameters).stream().findFirst(), serverLimit);
          }
        });
  }

  public <T> T write(TransactionCallback<T> work) {
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
    try {
      return limit.call(work);
    } catch (ExecutionException e) {
      throw translated(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      throw new InventoryUnavailableException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InventoryUnavailableException(e);
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
}
