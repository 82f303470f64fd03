package io.tas.dbhub.api;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.repair.RepairDatabase;
import io.tas.dbhub.core.repair.RepairReport;
import io.tas.dbhub.core.repair.RepairRequest;
import io.tas.dbhub.core.rotate.RotateCredentials;
import io.tas.dbhub.core.rotate.RotateRequest;
import io.tas.dbhub.core.update.UpdateDatabase;
import io.tas.dbhub.core.update.UpdateRequest;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Changes that do nothing and answer as the real ones: what REST makes of the answers is tested
 * without the rest. A description says how an update goes: {@code raced} meets another revision,
 * {@code held} lasts until it is cancelled, {@code unreachable} fails its probe, {@code invalid} is
 * refused, {@code told} as well and has then something left to do before it closes.
 */
final class ScriptedChanges {
  static final List<Class<?>> CONTRACTS =
      List.of(UpdateDatabase.class, RotateCredentials.class, RepairDatabase.class);

  static final List<Class<?>> ALL = List.of(Update.class, Rotate.class, Repair.class);

  private ScriptedChanges() {}

  /** Answers the definition as it was asked for. */
  public static final class Update implements UpdateDatabase {
    private final UpdateRequest request;

    @WorkflowInit
    public Update(UpdateRequest request) {
      this.request = request;
    }

    private boolean cancelled;

    @Override
    public Database update(UpdateRequest same) {
      try {
        if (request.definition().description().equals("held")) {
          Workflow.await(() -> false);
        }
        return awaitUpdated();
      } finally {
        cancelled = true;
        Workflow.newDetachedCancellationScope(
                () -> {
                  Workflow.await(Workflow::isEveryHandlerFinished);
                  if (request.definition().description().equals("told")) {
                    Workflow.sleep(Duration.ofMillis(300));
                  }
                })
            .run();
      }
    }

    @Override
    public Database awaitUpdated() {
      switch (request.definition().description()) {
        case "raced" -> throw Failures.of(FailureType.REVISION_CHANGED, "It was changed.");
        case "unreachable" ->
            throw Failures.of(FailureType.CONNECTION_FAILED, "The host does not answer.");
        case "invalid", "told" -> throw Failures.of(FailureType.INVALID, "It cannot become that.");
        case "held" -> {
          Workflow.await(() -> cancelled);
          throw Failures.of(FailureType.CANCELLED, "It was cancelled.");
        }
        default -> {}
      }
      return database(request.definition(), request.expectedRevision() + 1);
    }
  }

  /** Has nothing to switch. */
  public static final class Rotate implements RotateCredentials {
    private final RotateRequest request;

    @WorkflowInit
    public Rotate(RotateRequest request) {
      this.request = request;
    }

    @Override
    public Database rotate(RotateRequest same) {
      Workflow.await(Workflow::isEveryHandlerFinished);
      return awaitRotated();
    }

    @Override
    public Database awaitRotated() {
      return database(definition(request.database()), 1);
    }
  }

  /** Puts the Secret back that was never gone. */
  public static final class Repair implements RepairDatabase {
    private final RepairRequest request;

    @WorkflowInit
    public Repair(RepairRequest request) {
      this.request = request;
    }

    @Override
    public RepairReport repair(RepairRequest same) {
      Workflow.await(Workflow::isEveryHandlerFinished);
      return awaitRepaired();
    }

    @Override
    public RepairReport awaitRepaired() {
      if (request.credentials() == null) {
        throw Failures.of(FailureType.CREDENTIALS_NEEDED, "The Secret is gone.");
      }
      return new RepairReport(database(definition(request.database()), 1), List.of("Secret"));
    }
  }

  private static DatabaseDefinition definition(DatabaseRef database) {
    return new DatabaseDefinition(
        database.id(),
        database.scope(),
        "ada",
        "Orders",
        new Target(DatabaseType.POSTGRES, "db.test", 5432, "orders", SslMode.REQUIRE, 30, 15),
        new AccessPolicy(true, 1000),
        Map.of(),
        "",
        "",
        true);
  }

  private static Database database(DatabaseDefinition definition, long revision) {
    return new Database(
        definition,
        new ResourceRef("connections", "secret"),
        new ResourceRef("connections", "resource"),
        DatabaseStatus.PENDING,
        "",
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        revision);
  }
}
