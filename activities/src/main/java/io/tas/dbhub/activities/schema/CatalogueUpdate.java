package io.tas.dbhub.activities.schema;

import io.tas.dbhub.activities.jdbc.schema.SpooledSchema;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.SyncOrder;
import io.tas.dbhub.core.schema.SyncOutcome;
import io.tas.dbhub.core.schema.SyncReport;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.catalogue.Pen;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import io.tas.dbhub.storage.catalogue.SchemaVersionRef;
import io.tas.dbhub.storage.catalogue.StoredSchema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Compares what was read with what is stored, and writes what its policy wants. Of one sync. */
final class CatalogueUpdate {
  /** Tables in one transaction: each may have hundreds of columns. */
  private static final int BATCH = 200;

  private final SchemaCatalogue catalogue;
  private final Clock clock;
  private final Runnable alive;

  CatalogueUpdate(SchemaCatalogue catalogue, Clock clock, Runnable alive) {
    this.catalogue = catalogue;
    this.clock = clock;
    this.alive = alive;
  }

  /**
   * @param run tells one sync from another, the same for each of its attempts
   * @param holder tells one attempt from another: only the latest writes
   */
  SyncReport apply(SyncOrder order, String run, String holder, SpooledSchema read) {
    Pen pen = catalogue.take(order.database(), holder);
    StoredSchema stored = catalogue.stored(pen);
    SchemaChanges changes = new SchemaChanges(stored.tables());
    read.forEach(changes::found);
    alive.run();
    SyncOutcome outcome =
        Verdict.of(stored, changes.totals().all(), changes.digest(), order.approved());
    long version =
        switch (outcome) {
          case FIRST, CHANGED -> write(pen, run, read, changes);
          case AWAITING -> propose(pen, run, read, changes);
          case UNCHANGED -> {
            estimates(pen, changes);
            catalogue.unchanged(pen, clock.instant());
            yield stored.state().version();
          }
          case IGNORED, REJECTED -> {
            catalogue.ignored(pen, changes.totals(), clock.instant());
            yield stored.state().version();
          }
        };
    return new SyncReport(
        outcome, version, read.totals(), changes.totals(), changes.digest(), read.statements());
  }

  private long write(Pen pen, String run, SpooledSchema read, SchemaChanges changes) {
    SchemaVersionRef version = catalogue.open(pen, run, clock.instant());
    inBatches(read, changes, tables -> catalogue.write(pen, version, tables));
    batches(changes.removed(), gone -> catalogue.remove(pen, version, gone));
    estimates(pen, changes);
    catalogue.finish(
        pen, version, read.database(), read.totals(), changes.digest(), clock.instant());
    return version.number();
  }

  private long propose(Pen pen, String run, SpooledSchema read, SchemaChanges changes) {
    SchemaVersionRef version = catalogue.propose(pen, run, changes.digest(), clock.instant());
    inBatches(read, changes, tables -> catalogue.proposed(pen, version, tables, List.of()));
    batches(changes.removed(), gone -> catalogue.proposed(pen, version, List.of(), gone));
    catalogue.await(pen, version, changes.totals(), clock.instant());
    return version.number();
  }

  private void estimates(Pen pen, SchemaChanges changes) {
    if (!changes.estimates().isEmpty()) {
      catalogue.estimates(pen, changes.estimates());
    }
  }

  private void inBatches(
      SpooledSchema read, SchemaChanges changes, Consumer<List<SchemaTable>> write) {
    List<SchemaTable> batch = new ArrayList<>(BATCH);
    read.forEach(
        table -> {
          if (changes.isNewOrAltered(table.name())) {
            batch.add(table);
          }
          if (batch.size() == BATCH) {
            write.accept(batch);
            batch.clear();
            alive.run();
          }
        });
    if (!batch.isEmpty()) {
      write.accept(batch);
    }
  }

  private void batches(List<TableName> names, Consumer<List<TableName>> write) {
    for (int from = 0; from < names.size(); from += BATCH) {
      write.accept(names.subList(from, Math.min(names.size(), from + BATCH)));
      alive.run();
    }
  }
}
