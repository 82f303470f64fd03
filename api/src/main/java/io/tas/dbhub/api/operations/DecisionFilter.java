package io.tas.dbhub.api.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.decision.ParkedStep;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of the parked operations are meant; what is not given filters nothing. */
@Schema(name = "DecisionFilter")
record DecisionFilter(
    @Schema(example = "DeprovisionDatabase") @Nullable String type,
    @Schema(example = "DeleteSecret") @Nullable String step,
    @Schema(description = "The failure it is parked with", example = "KubernetesRefused")
        @Nullable String code,
    @Nullable String databaseId,
    @Schema(description = "What the database's name contains") @Nullable String q,
    @Schema(description = "Not what was parked later: parked_until of the dry run that was seen")
        @Nullable Instant parkedUntil,
    @Schema(description = "Those of the whole tenant") boolean allSpaces) {
  private static final int MAX_TEXT = 255;

  /** Reads the fields; what is wrong is noted in {@code outer}. */
  static DecisionFilter read(@Nullable ObjectNode sent, Fields outer) {
    if (sent == null) {
      return new DecisionFilter(null, null, null, null, null, null, false);
    }
    Fields fields = new Fields(sent);
    String type = fields.text("type");
    if (type != null && !OperationQuery.validType(type)) {
      fields.violate("type", "is a workflow's type, such as ProvisionDatabase");
    }
    String databaseId = fields.text("database_id");
    if (databaseId != null && !Uuids.valid(databaseId)) {
      fields.violate("database_id", "is a database's id");
    }
    String step = bounded(fields, "step");
    String code = bounded(fields, "code");
    String q = bounded(fields, "q");
    Instant parkedUntil = time(fields, "parked_until");
    boolean allSpaces = Boolean.TRUE.equals(fields.bool("all_spaces"));
    fields
        .violations()
        .forEach(violation -> outer.violate("filter." + violation.field(), violation.message()));
    return new DecisionFilter(type, step, code, databaseId, q, parkedUntil, allSpaces);
  }

  boolean matches(OperationView operation) {
    ParkedStep parked = operation.parked();
    return parked != null
        && (step == null || step.equals(parked.step()))
        && (code == null || code.equals(parked.code()))
        && (parkedUntil == null || !parked.since().isAfter(parkedUntil))
        && (q == null
            || operation
                .databaseName()
                .toLowerCase(Locale.ROOT)
                .contains(q.toLowerCase(Locale.ROOT)));
  }

  private static @Nullable Instant time(Fields fields, String name) {
    String text = fields.text(name);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      fields.violate(name, "is a time such as 2026-01-31T08:00:00Z");
      return null;
    }
  }

  private static @Nullable String bounded(Fields fields, String name) {
    String text = fields.text(name);
    if (text != null && (text.isEmpty() || text.length() > MAX_TEXT)) {
      fields.violate(name, "has 1 to " + MAX_TEXT + " characters");
    }
    return text;
  }
}
