package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.storage.journal.Journal;
import io.temporal.client.WorkflowStub;
import java.util.Optional;
import org.neo4j.driver.Driver;

/** Makes the scenarios of operations. */
final class Scenarios implements AutoCloseable {
  private final Subjects subjects;
  private final Starter starter;
  private final World world;
  private final JournalCheck entries;
  private final Driver inventory;
  private final Sql target;
  private final Sql journal;
  private final Journal opened;

  Scenarios(
      PostgresServer postgres,
      Driver inventory,
      Subjects subjects,
      Starter starter,
      World world,
      JournalCheck entries) {
    this.subjects = subjects;
    this.starter = starter;
    this.world = world;
    this.entries = entries;
    this.inventory = inventory;
    this.target = new Sql(postgres, Subject.DATABASE);
    this.journal = new Sql(postgres, JournalCheck.DATABASE);
    this.opened =
        Journal.open(
            JournalCheck.url(postgres.port()),
            postgres.superuser().user(),
            postgres.superuser().password());
  }

  Scenario of(Operation operation, Subject subject) {
    return switch (operation) {
      case PROVISION, UPDATE, ROTATE, REPAIR, DEPROVISION -> new Change(operation, subject);
      case FIRST_SYNC -> new SyncScenario(subject, true, starter, inventory, target);
      case SYNC -> new SyncScenario(subject, false, starter, inventory, target);
      case BATCH -> new BatchScenario(subject, subjects, starter, opened.batches(), world, journal);
      case SCHEDULED_READ -> new QueryScenario(subject, false, starter, target, journal);
      case SCHEDULED_WRITE -> new QueryScenario(subject, true, starter, target, journal);
    };
  }

  @Override
  public void close() {
    opened.close();
  }

  /** Of the connection itself: there is nothing beside it but the entry in the journal. */
  private final class Change implements Scenario {
    private final Operation operation;
    private final Subject subject;

    Change(Operation operation, Subject subject) {
      this.operation = operation;
      this.subject = subject;
    }

    @Override
    public WorkflowStub start() {
      return operation.start(starter, subject, operation.before());
    }

    @Override
    public Optional<String> check(WorkflowStub started, Ending ending) {
      return entries.check(started, operation, ending);
    }
  }
}
