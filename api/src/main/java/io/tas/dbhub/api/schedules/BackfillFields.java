package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.errors.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The time whose runs are made up for, both ends included. */
record BackfillFields(Instant from, Instant to) {
  /**
   * @throws ProblemException Invalid, naming every field that breaks a rule
   */
  static BackfillFields read(ObjectNode body, Instant now) {
    Fields fields = new Fields(body);
    Instant from = time(fields, "from");
    Instant to = time(fields, "to");
    if (from != null && to != null && to.isBefore(from)) {
      fields.violate("to", "is not before from");
    }
    if (to != null && to.isAfter(now)) {
      fields.violate("to", "is not in the future");
    }
    if (from == null || to == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    return new BackfillFields(from, to);
  }

  private static @Nullable Instant time(Fields fields, String field) {
    String sent = fields.text(field);
    if (sent == null) {
      fields.require(field);
      return null;
    }
    try {
      return OffsetDateTime.parse(sent).toInstant();
    } catch (DateTimeException e) {
      fields.violate(field, "is a time such as 2026-01-31T08:00:00Z");
      return null;
    }
  }

  /** The fields as OpenAPI describes them. */
  @Schema(name = "BackfillFields")
  record Body(Instant from, Instant to) {}
}
