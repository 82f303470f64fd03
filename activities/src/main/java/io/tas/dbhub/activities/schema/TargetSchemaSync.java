package io.tas.dbhub.activities.schema;

import io.tas.dbhub.activities.inventory.InventoryFailures;
import io.tas.dbhub.activities.jdbc.ConnectionSource;
import io.tas.dbhub.activities.jdbc.TargetConnector.RefusedException;
import io.tas.dbhub.activities.jdbc.schema.SchemaReader;
import io.tas.dbhub.activities.jdbc.schema.SchemaUnreadableException;
import io.tas.dbhub.activities.jdbc.schema.SpooledSchema;
import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.schema.RejectChange;
import io.tas.dbhub.core.schema.SchemaSync;
import io.tas.dbhub.core.schema.SyncOrder;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.storage.catalogue.Pen;
import io.tas.dbhub.storage.catalogue.PenLostException;
import io.tas.dbhub.storage.catalogue.SchemaAgenda;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import io.tas.dbhub.storage.catalogue.SchemaState;
import io.tas.dbhub.storage.catalogue.SchemaVersionRef;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.NotInInventoryException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads all of a target's schema first, and only then writes: a target that goes away in the middle
 * leaves the catalogue as it was. Thread-safe.
 */
public final class TargetSchemaSync implements SchemaSync {
  /** After which a target that fails is left alone until the next sync. */
  private static final int ATTEMPTS = 3;

  /** One that could not be read is not left for a whole day. */
  private static final Duration AGAIN = Duration.ofHours(1);

  private final DatabaseInventory inventory;
  private final SchemaCatalogue catalogue;
  private final SchemaAgenda agenda;
  private final ConnectionSource connections;
  private final SchemaReader reader;
  private final Clock clock;

  public TargetSchemaSync(
      DatabaseInventory inventory,
      SchemaCatalogue catalogue,
      SchemaAgenda agenda,
      ConnectionSource connections,
      SchemaReader reader,
      Clock clock) {
    this.inventory = inventory;
    this.catalogue = catalogue;
    this.agenda = agenda;
    this.connections = connections;
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public SyncReport sync(SyncOrder order) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    ActivityInfo info = activity.getInfo();
    return sync(order, info.getWorkflowRunId(), info.getAttempt(), () -> activity.heartbeat(null));
  }

  /**
   * As {@link #sync(SyncOrder)}, outside of an activity.
   *
   * @param run tells one sync from another
   * @param attempt of that run, from 1
   * @param alive called often
   */
  public SyncReport sync(SyncOrder order, String run, int attempt, Runnable alive) {
    DatabaseRef database = order.database();
    Connection.Found found = find(database);
    try (SpooledSchema schema = reader.read(found.target(), found.credentials(), alive)) {
      return InventoryFailures.translate(
          () ->
              new CatalogueUpdate(catalogue, clock, alive)
                  .apply(order, run, run + "/" + attempt, schema));
    } catch (PenLostException another) {
      // Of an attempt that was given up, or of a database that is gone: the next one tells.
      throw Failures.of(FailureType.BUSY, "Another attempt writes the catalogue.");
    } catch (RefusedException refused) {
      throw failed(database, refused.error(), attempt);
    } catch (SchemaUnreadableException unreadable) {
      throw failed(database, unreadable.error(), attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.of(FailureType.BUSY, "The worker is stopping.");
    }
  }

  @Override
  public long reject(RejectChange change) {
    DatabaseRef database = change.database();
    return InventoryFailures.translate(
        () -> {
          Pen pen = catalogue.take(database, "reject " + change.digest());
          SchemaState state =
              catalogue
                  .state(database.scope(), database.id())
                  .orElseThrow(NotInInventoryException::new);
          SchemaState.Awaiting awaiting = state.awaiting();
          if (awaiting != null && awaiting.digest().equals(change.digest())) {
            catalogue.reject(
                pen,
                new SchemaVersionRef(awaiting.version(), clock.instant(), false),
                change.actor(),
                change.reason(),
                clock.instant());
          }
          return state.version();
        });
  }

  private Connection.Found find(DatabaseRef ref) {
    Database database =
        InventoryFailures.translate(() -> inventory.find(ref.scope(), ref.id()))
            .orElseThrow(
                () -> Failures.of(FailureType.NOT_FOUND, "The database is not there any more."));
    Connection connection = connections.known(database.resource());
    if (connection instanceof Connection.Unusable unusable) {
      throw failed(ref, unusable.error(), 1);
    }
    if (connection instanceof Connection.SetAside) {
      throw Failures.of(FailureType.INACTIVE, "The database is not active, so it is not read.");
    }
    if (connection instanceof Connection.Found found && meant(database, found)) {
      return found;
    }
    throw Failures.of(FailureType.INCOMPLETE, "The database's resource is gone.");
  }

  /** A resource made again under the name is another database. */
  private static boolean meant(Database database, Connection.Found found) {
    return database.origin() != Origin.MANIFEST || database.id().equals(found.said().uid());
  }

  private ApplicationFailure failed(DatabaseRef database, ConnectionError error, int attempt) {
    FailureType type =
        switch (error.kind()) {
          case AUTHENTICATION, CONFIGURATION, PERMISSION, TLS -> FailureType.CONNECTION_FAILED;
          case CONNECTION, TIMEOUT, SYNTAX, UNKNOWN -> FailureType.TARGET_FAILED;
        };
    Instant now = clock.instant();
    InventoryFailures.translateVoid(
        () -> {
          catalogue.failed(database, error.kind().wireName(), error.message(), now);
          agenda.set(database, now.plus(AGAIN));
        });
    return type.retryable() && attempt < ATTEMPTS
        ? Failures.of(type, error.message())
        : ApplicationFailure.newNonRetryableFailure(error.message(), type.wireName());
  }
}
