package io.tas.dbhub.api.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.schema.SchemaPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What becomes of changes. */
@Schema(name = "SchemaPolicy")
record PolicyBody(
    @Schema(
            implementation = String.class,
            allowableValues = {"propagate", "ignore", "approve"})
        SchemaPolicy policy) {
  /**
   * @throws ProblemException Invalid
   */
  static PolicyBody read(ObjectNode body) {
    Fields fields = new Fields(body);
    String sent = fields.text("policy");
    Optional<SchemaPolicy> policy =
        Arrays.stream(SchemaPolicy.values())
            .filter(known -> known.wireName().equals(sent))
            .findFirst();
    if (policy.isEmpty()) {
      fields.violate("policy", "is propagate, ignore or approve");
    }
    List<Violation> violations = fields.violations();
    if (!violations.isEmpty()) {
      throw ProblemException.invalid(violations);
    }
    return new PolicyBody(policy.orElseThrow());
  }
}
