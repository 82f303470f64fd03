package io.tas.dbhub.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.decision.ParkedStep;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation as REST shows it.
 *
 * @param attention whether it waits for a person
 * @param parked the step that waits for a person's decision; null while none does
 * @param cancellable whether it can be stopped and undone now
 * @param error why it failed; null while it has not
 * @param currentDetails what it says of itself now; only of one operation, and only while it runs
 * @param temporalUi its page in Temporal's UI
 * @param steps only of one operation, not in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Operation")
public record OperationView(
    String id,
    @Schema(example = "ProvisionDatabase") String type,
    @Schema(
            implementation = String.class,
            allowableValues = {
              "running",
              "completed",
              "failed",
              "canceled",
              "terminated",
              "timed_out"
            })
        OperationStatus status,
    String databaseId,
    String spaceId,
    String databaseName,
    String requestedBy,
    boolean attention,
    @Nullable ParkedStep parked,
    boolean cancellable,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Long durationMs,
    Step.@Nullable StepError error,
    @Nullable String currentDetails,
    @Nullable String temporalUi,
    @Nullable List<Step> steps) {
  OperationView with(Step.@Nullable StepError why, @Nullable String details, List<Step> itsSteps) {
    return new OperationView(
        id,
        type,
        status,
        databaseId,
        spaceId,
        databaseName,
        requestedBy,
        attention,
        parked,
        cancellable,
        startedAt,
        endedAt,
        durationMs,
        why,
        details,
        temporalUi,
        itsSteps);
  }
}
