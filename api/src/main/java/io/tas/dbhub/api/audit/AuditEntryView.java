package io.tas.dbhub.api.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of the journal as REST shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AuditEntry")
public record AuditEntryView(
    String id,
    Instant at,
    String tenantId,
    String spaceId,
    String actor,
    @Schema(example = "UpdateDatabase") String action,
    String objectId,
    String objectName,
    @Schema(
            implementation = String.class,
            allowableValues = {"succeeded", "failed", "cancelled", "abandoned", "refused"})
        AuditOutcome outcome,
    @Nullable String operation,
    @Schema(example = "NameTaken") String detail,
    @Schema(example = "192.0.2.7") String source) {
  static AuditEntryView of(AuditEntry entry) {
    return new AuditEntryView(
        entry.id(),
        entry.at(),
        entry.scope().tenantId(),
        entry.scope().spaceId(),
        entry.actor(),
        entry.action(),
        entry.objectId(),
        entry.objectName(),
        entry.outcome(),
        entry.operation(),
        entry.detail(),
        entry.source());
  }
}
