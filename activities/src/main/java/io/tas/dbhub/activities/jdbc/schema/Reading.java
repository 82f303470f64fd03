package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.activities.jdbc.TargetConnector;
import io.tas.dbhub.activities.jdbc.TargetConnector.Opened;
import io.tas.dbhub.activities.jdbc.TargetConnector.RefusedException;
import io.tas.dbhub.activities.jdbc.net.Pin;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One reading: a thread that asks the target, and the caller's, which waits no longer than it may.
 */
final class Reading implements Runnable {
  /** How long the target has to end a statement by itself. */
  private static final Duration TO_END = Duration.ofSeconds(3);

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** What is put together at once: some megabytes of what honest targets have. */
  private static final long LARGEST_PARTITION = 32L << 20;

  private final TargetConnector connector;
  private final SchemaReaderSettings settings;
  private final Catalog catalog;
  private final Target target;
  private final Credentials credentials;
  private final Ending ending = new Ending();
  private final CompletableFuture<SpooledSchema> result = new CompletableFuture<>();
  private final CompletableFuture<Void> left = new CompletableFuture<>();

  Reading(
      TargetConnector connector,
      SchemaReaderSettings settings,
      Catalog catalog,
      Target target,
      Credentials credentials) {
    this.connector = connector;
    this.settings = settings;
    this.catalog = catalog;
    this.target = target;
    this.credentials = credentials;
  }

  /** Of the thread that asks. */
  @Override
  public void run() {
    Spool spool = new Spool(settings.spoolDirectory(), LARGEST_PARTITION, settings.maxBytes());
    boolean taken = false;
    try {
      taken = result.complete(ask(spool));
    } catch (Throwable thrown) {
      // Also what no driver should throw: the caller has to hear of it.
      result.completeExceptionally(thrown);
    } finally {
      if (!taken) {
        spool.close();
      }
      left.complete(null);
    }
  }

  private SpooledSchema ask(Spool spool)
      throws RefusedException, SQLException, TooLargeException, InterruptedException {
    Opened opened = connector.open(target, credentials, true, ending::opens);
    try {
      CatalogSession session = new CatalogSession(opened, ending, catalog.fetch());
      String database = catalog.read(session, new SchemaRows(spool, settings), settings.within());
      return new SpooledSchema(database, session.statements(), spool);
    } finally {
      ending.over();
      close(opened);
    }
  }

  /** Ends the sockets with the connection, however the driver feels about it. */
  private static void close(Opened opened) {
    try {
      opened.connection().close();
    } catch (SQLException e) {
      // Its sockets are closed in any case.
    } finally {
      opened.pin().ifPresent(Pin::close);
    }
  }

  /** Of the caller's thread. */
  SpooledSchema await(Runnable alive)
      throws RefusedException, SchemaUnreadableException, InterruptedException {
    long end = System.nanoTime() + settings.within().toNanos();
    try {
      while (true) {
        alive.run();
        long time = Math.min(end - System.nanoTime(), BEAT.toNanos());
        if (time <= 0) {
          throw new SchemaUnreadableException(late());
        }
        try {
          return result.get(time, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          // It goes on.
        }
      }
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNull(e.getCause()));
    } finally {
      end();
    }
  }

  /** Where nobody takes the result any more. */
  private void end() {
    if (result.completeExceptionally(new InterruptedException())) {
      // Cancelling connects to the target once more, which the caller does not wait for.
      Thread end = new Thread(ending::cancel, "schema-end");
      end.setDaemon(true);
      end.start();
      Future<Void> unused =
          left.completeOnTimeout(null, TO_END.toMillis(), TimeUnit.MILLISECONDS)
              .thenRun(ending::abort);
    }
  }

  private SchemaUnreadableException failure(Throwable thrown) throws RefusedException {
    if (thrown instanceof RefusedException refused) {
      throw refused;
    }
    if (thrown instanceof TooLargeException large) {
      return new SchemaUnreadableException(
          new ConnectionError(
              ErrorKind.CONFIGURATION, large.told(), "Give a login that may read fewer tables."));
    }
    if (thrown instanceof UncheckedIOException) {
      return new SchemaUnreadableException(
          new ConnectionError(
              ErrorKind.UNKNOWN,
              "The worker could not keep what it read.",
              "Give the worker's temporary folder more room."));
    }
    return new SchemaUnreadableException(connector.explain(thrown, target));
  }

  private ConnectionError late() {
    return new ConnectionError(
        ErrorKind.TIMEOUT,
        "The database's tables were not all told within %d seconds."
            .formatted(settings.within().toSeconds()),
        "Check that the server is not overloaded and that nothing locks its catalog.");
  }
}
