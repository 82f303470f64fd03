package io.tas.dbhub.workflows;

import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.DueSyncs;
import io.tas.dbhub.core.schema.RejectChange;
import io.tas.dbhub.core.schema.SchemaSync;
import io.tas.dbhub.core.schema.SchemaTotals;
import io.tas.dbhub.core.schema.SyncOrder;
import io.tas.dbhub.core.schema.SyncOutcome;
import io.tas.dbhub.core.schema.SyncReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A target whose schema changes when a test says so, and a catalogue that asks for approval. */
public final class FakeSchemas implements SchemaSync, DueSyncs {
  public final List<SyncOrder> orders = new CopyOnWriteArrayList<>();
  public final List<RejectChange> rejected = new CopyOnWriteArrayList<>();

  /** What the target has; empty for what the catalogue has. */
  public volatile String changed = "";

  private final FakeWorld world;

  FakeSchemas(FakeWorld world) {
    this.world = world;
  }

  @Override
  public SyncReport sync(SyncOrder order) {
    world.call("SyncSchema", () -> orders.add(order));
    if (changed.isEmpty()) {
      return report(SyncOutcome.UNCHANGED, ChangeTotals.NONE);
    }
    return report(
        changed.equals(order.approved()) ? SyncOutcome.CHANGED : SyncOutcome.AWAITING,
        new ChangeTotals(1, 0, 2));
  }

  private SyncReport report(SyncOutcome outcome, ChangeTotals changes) {
    return new SyncReport(
        outcome,
        outcome == SyncOutcome.UNCHANGED ? 1 : 2,
        new SchemaTotals(3, 30),
        changes,
        changed,
        4);
  }

  @Override
  public int startDue() {
    world.call("StartDueSyncs", () -> {});
    return 1;
  }

  @Override
  public long reject(RejectChange change) {
    world.call("RejectSchemaChange", () -> rejected.add(change));
    return 1;
  }
}
