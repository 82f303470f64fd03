package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.batch.RunBatch;
import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.core.repair.RepairDatabase;
import io.tas.dbhub.core.rotate.RotateCredentials;
import io.tas.dbhub.core.schedule.RunSchedule;
import io.tas.dbhub.core.schema.SyncSchema;
import io.tas.dbhub.core.update.UpdateDatabase;
import io.temporal.client.WorkflowStub;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** An operation: from what it starts, and to what it leads. */
enum Operation {
  PROVISION(ProvisionDatabase.NAME),
  UPDATE(UpdateDatabase.NAME),
  ROTATE(RotateCredentials.NAME),
  /** Of a connection whose Secret and Database resource somebody deleted. */
  REPAIR(RepairDatabase.NAME),
  DEPROVISION(DeprovisionDatabase.NAME),
  /** Of a schema that the catalogue does not have yet. */
  FIRST_SYNC(SyncSchema.NAME, WorkflowIds.schema("")),
  /** Of one that has changed. */
  SYNC(SyncSchema.NAME, WorkflowIds.schema("")),
  BATCH(RunBatch.NAME, WorkflowIds.batch("")),
  SCHEDULED_READ(RunSchedule.NAME, WorkflowIds.schedule("")),
  SCHEDULED_WRITE(RunSchedule.NAME, WorkflowIds.schedule(""));

  /** Those that change their connection; of each of the others there is a {@link Scenario}. */
  static final Set<Operation> CHANGES = EnumSet.of(PROVISION, UPDATE, ROTATE, REPAIR, DEPROVISION);

  private final String workflow;
  private final String prefix;

  Operation(String workflow) {
    this(workflow, WorkflowIds.database(""));
  }

  Operation(String workflow, String prefix) {
    this.workflow = workflow;
    this.prefix = prefix;
  }

  /** How the ids of its workflows begin on this subject. */
  String workflowId(String subjectId) {
    return prefix + subjectId;
  }

  /** Whether a workflow is one of an operation. */
  static boolean isOne(String workflowId) {
    return Arrays.stream(values()).anyMatch(one -> workflowId.startsWith(one.prefix));
  }

  /** Whether it goes on for as long as an outage lasts, and neither gives up nor parks. */
  boolean outlasts() {
    return this == BATCH;
  }

  /** The workflow's type, and what the journal calls it. */
  String workflow() {
    return workflow;
  }

  /**
   * @param now what there is of the subject
   */
  WorkflowStub start(Starter starter, Subject subject, Facts now) {
    return switch (this) {
      case PROVISION -> starter.provision(subject, "A", "1");
      case UPDATE -> starter.update(subject, other(now.credentials()), other(now.text()));
      case ROTATE -> starter.rotate(subject, other(now.credentials()));
      case REPAIR -> starter.repair(subject, "A");
      case DEPROVISION -> starter.deprovision(subject);
      case FIRST_SYNC, SYNC, BATCH, SCHEDULED_READ, SCHEDULED_WRITE ->
          throw new IllegalStateException("a scenario starts it");
    };
  }

  /** Whether it makes sense where there is this. */
  boolean possible(Facts now) {
    return switch (this) {
      case PROVISION -> now.isNothing();
      case UPDATE, ROTATE -> !now.secrets().isEmpty();
      case REPAIR, DEPROVISION -> !now.isNothing();
      case FIRST_SYNC, SYNC, BATCH, SCHEDULED_READ, SCHEDULED_WRITE -> false;
    };
  }

  /** What there is when the matrix runs it, and when it was undone. */
  Facts before() {
    return this == PROVISION ? Facts.NOTHING : begins(Facts.whole("A", "1"));
  }

  /** What there is once everything is as the operation needs it. */
  Facts begins(Facts now) {
    return this == REPAIR ? Facts.damaged(now.text()) : now;
  }

  /** What there is when it succeeded. */
  Facts after(Facts before) {
    return switch (this) {
      case PROVISION -> Facts.whole("A", "1");
      case UPDATE -> Facts.whole(other(before.credentials()), other(before.text()));
      case ROTATE -> Facts.whole(other(before.credentials()), before.text());
      case REPAIR -> Facts.whole("A", before.text());
      case DEPROVISION -> Facts.NOTHING;
      case FIRST_SYNC, SYNC, BATCH, SCHEDULED_READ, SCHEDULED_WRITE -> before;
    };
  }

  private static String other(String state) {
    return switch (state) {
      case "A" -> "B";
      case "B" -> "A";
      case "1" -> "2";
      default -> "1";
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
