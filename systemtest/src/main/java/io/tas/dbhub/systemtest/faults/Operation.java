package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.deprovision.DeprovisionDatabase;
import io.tas.dbhub.core.provision.ProvisionDatabase;
import io.tas.dbhub.core.repair.RepairDatabase;
import io.tas.dbhub.core.rotate.RotateCredentials;
import io.tas.dbhub.core.update.UpdateDatabase;
import io.temporal.client.WorkflowStub;
import java.util.Locale;

/** An operation: from what it starts, and to what it leads. */
enum Operation {
  PROVISION(ProvisionDatabase.NAME),
  UPDATE(UpdateDatabase.NAME),
  ROTATE(RotateCredentials.NAME),
  /** Of a connection whose Secret and Database resource somebody deleted. */
  REPAIR(RepairDatabase.NAME),
  DEPROVISION(DeprovisionDatabase.NAME);

  private final String workflow;

  Operation(String workflow) {
    this.workflow = workflow;
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
    };
  }

  /** Whether it makes sense where there is this. */
  boolean possible(Facts now) {
    return switch (this) {
      case PROVISION -> now.isNothing();
      case UPDATE, ROTATE -> !now.secrets().isEmpty();
      case REPAIR, DEPROVISION -> !now.isNothing();
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
    return name().toLowerCase(Locale.ROOT);
  }
}
