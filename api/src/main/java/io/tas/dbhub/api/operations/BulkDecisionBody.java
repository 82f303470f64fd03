package io.tas.dbhub.api.operations;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One decision about many operations: only the description of it for the OpenAPI document. */
@Schema(name = "BulkDecision")
record BulkDecisionBody(
    @Nullable DecisionFilter filter,
    @Schema(allowableValues = {"retry", "skip", "abandon", "approve", "reject"}) String decision,
    @Schema(description = "Needed to skip and to abandon") @Nullable String reason,
    @Schema(description = "Only shows which operations are meant", defaultValue = "true")
        @Nullable Boolean dryRun) {}
