package io.tas.dbhub.api.operations;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.core.decision.Choice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a decision says.
 *
 * @param step null for whichever is parked
 * @param reason null where none is needed and none was given
 */
@Schema(name = "Decision")
record DecisionBody(
    @Schema(
            implementation = String.class,
            allowableValues = {"retry", "skip", "abandon", "approve", "reject"})
        Choice decision,
    @Schema(
            description = "The step it is meant for; left out, whichever waits",
            example = "DeleteSecret")
        @Nullable String step,
    @Schema(description = "Needed to skip, to abandon and to reject", maxLength = MAX_REASON)
        @Nullable String reason) {
  private static final int MAX_REASON = 1000;
  private static final int MAX_STEP = 100;

  /**
   * Reads the fields; what is wrong is noted in them.
   *
   * @return null when there is no decision among them
   */
  static @Nullable DecisionBody read(Fields fields, boolean withStep) {
    String sent = fields.text("decision");
    Choice choice =
        Arrays.stream(Choice.values())
            .filter(known -> known.wireName().equals(sent))
            .findFirst()
            .orElse(null);
    if (sent == null) {
      fields.require("decision");
    } else if (choice == null) {
      fields.violate("decision", "is retry, skip, abandon, approve or reject");
    }
    String step = withStep ? fields.text("step") : null;
    if (step != null && (step.isBlank() || step.length() > MAX_STEP)) {
      fields.violate("step", "is the name of a step");
    }
    String reason = fields.text("reason");
    if (reason != null && (reason.isBlank() || reason.length() > MAX_REASON)) {
      fields.violate("reason", "has 1 to " + MAX_REASON + " characters");
    } else if (reason == null && choice != null && choice.needsReason()) {
      fields.require("reason");
    }
    return choice == null ? null : new DecisionBody(choice, step, reason);
  }
}
